/** The contract over one WebSocket: calls in, replies and events out. */
import * as v from 'valibot';
import type { WebSocket } from 'ws';
import type { OutsideBridge } from '../../bridge/outside.ts';
import { throwLater, unexpectedError } from '../../errors.ts';
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
  const answer = async (id: number, call: unknown, args: unknown) => {
    const reply = await bridge.call(call, args);
    try {
      send({ id, reply });
    } catch (error) {
      // Too long for one text, as the export of an enormous room.
      send({ id, reply: { ok: false, ...unexpectedError(error).problem } });
    }
  };
  // ws closes the socket after an error; `close` follows and cleans up.
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const parsed = v.safeParse(request, parseJson(frameText(data)));
    if (!parsed.success) {
      socket.close(1008, 'bad-call');
      return;
    }
    const { id, call, args } = parsed.output;
    void answer(id, call, args);
  });
  try {
    const unsubscribe = bridge.subscribe((event) => send({ event }));
    socket.on('close', unsubscribe);
  } catch (error) {
    // Without a snapshot the page is nothing; it comes back in a while.
    socket.close(1011, 'no-snapshot');
    throwLater(error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
