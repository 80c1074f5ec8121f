/** WebSocket frames made once for everybody who gets them, by ws itself. */
import * as ws from 'ws';

declare module 'ws' {
  /** What ws makes its frames with. It exports it, but its types do not say so. */
  export const Sender: {
    frame(
      data: Buffer,
      options: {
        readonly fin: boolean;
        readonly rsv1: boolean;
        readonly opcode: number;
        readonly mask: boolean;
        readonly readOnly: boolean;
      },
    ): readonly Buffer[];
  };
}

const TEXT = { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true } as const;
const CONTINUATION = 0;

/** True where a frame can be made once; with a ws that lets nobody, each is sent by itself. */
export const CAN_SHARE_FRAMES = typeof Reflect.get(ws, 'Sender')?.frame === 'function';

/** A text message as a server's side of a connection sends it; only where CAN_SHARE_FRAMES. */
export function frameOf(text: string): Buffer {
  return fragment(Buffer.from(text), TEXT);
}

/** The first parts of a text message, of at most so many bytes each; likewise. */
export function firstFragments(text: string, bytes: number): readonly Buffer[] {
  return slices(text, bytes).map((slice, index) =>
    fragment(slice, { ...TEXT, fin: false, ...(index > 0 && { opcode: CONTINUATION }) }),
  );
}

/** The other parts of a text message, after the first ones; likewise. */
export function lastFragments(text: string, bytes: number): readonly Buffer[] {
  return slices(text, bytes).map((slice, index, { length }) =>
    fragment(slice, { ...TEXT, opcode: CONTINUATION, fin: index === length - 1 }),
  );
}

function fragment(part: Buffer, options: Parameters<typeof ws.Sender.frame>[1]): Buffer {
  return Buffer.concat(ws.Sender.frame(part, options));
}

function slices(text: string, bytes: number): readonly Buffer[] {
  const whole = Buffer.from(text);
  const count = Math.ceil(whole.length / bytes);
  return Array.from({ length: count }, (_, index) =>
    whole.subarray(index * bytes, (index + 1) * bytes),
  );
}
