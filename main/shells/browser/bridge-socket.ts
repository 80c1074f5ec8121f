/** The contract over one WebSocket: calls in, replies and events out. */
import * as v from 'valibot';
import type { WebSocket } from 'ws';
import type { OutsideBridge } from '../../bridge/outside.ts';
import { frameText } from '../../transport/frame-text.ts';

const request = v.object({
  id: v.pipe(v.number(), v.safeInteger()),
  call: v.unknown(),
  args: v.unknown(),
});

/** Serves a page until its socket closes; frames that are no calls end the connection. */
export function serveBridge(socket: WebSocket, outside: OutsideBridge): void {
  const bridge = outside.forPage();
  const send = (message: object) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const unsubscribe = bridge.subscribe((event) => send({ event }));
  socket.on('close', unsubscribe);
  // ws closes the socket after an error; `close` follows and cleans up.
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const parsed = v.safeParse(request, parseJson(frameText(data)));
    if (!parsed.success) {
      socket.close(1008, 'bad-call');
      return;
    }
    const { id, call, args } = parsed.output;
    void bridge.call(call, args).then((reply) => send({ id, reply }));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
