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
  return Buffer.concat(ws.Sender.frame(Buffer.from(text), TEXT));
}

/** The first part of a text message; likewise. */
export function firstFragment(text: string): Buffer {
  return Buffer.concat(ws.Sender.frame(Buffer.from(text), { ...TEXT, fin: false }));
}

/** The rest of a text message, after a first part; likewise. */
export function lastFragment(text: string): Buffer {
  return Buffer.concat(ws.Sender.frame(Buffer.from(text), { ...TEXT, opcode: CONTINUATION }));
}
