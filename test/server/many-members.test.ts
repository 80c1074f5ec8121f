/** Many people at once, and what reaches each of them. */
import { createServer } from 'node:http';
import { connect as netConnect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { listen } from '../../main/server/listen.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { WsPeer } from '../../main/server/ws-peer.ts';
import { openRoom } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';
import { upgradeRequest } from '../support/raw-client.ts';

test('O6, S1, S4: a hundred people talking at once all get everything, in one order', async () => {
  const { port } = await openRoom();
  const members = await Promise.all(
    Array.from({ length: 100 }, (_, index) => join(port, `Member ${index}`)),
  );
  for (const [index, member] of members.entries()) {
    for (let n = 1; n <= 3; n += 1) {
      member.say(`${n} from ${index}`, `m-${index}-${n}`);
    }
  }
  const orders = await Promise.all(
    members.map(async (member) => {
      await member.waitFor((message) =>
        message.type === 'entry' && message.entry.seq === 300 ? message.entry : undefined,
      );
      return member.received.flatMap((message) =>
        message.type === 'entry' ? `${message.entry.seq} ${message.entry.id}` : [],
      );
    }),
  );
  const [first = []] = orders;
  expect(new Set(first.map((line) => line.split(' ')[1])).size).toBe(300);
  for (const order of orders) expect(order).toEqual(first);
  for (const member of members) member.crash();
});

test('O19: what a member is sent in one turn leaves in one write', async () => {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const writes: number[] = [];
  const sent = Promise.withResolvers<void>();
  http.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const peer = new WsPeer(socket, stream, SERVER_LIMITS, () => 0, {
        frame: () => undefined,
        closed: () => undefined,
      });
      // oxlint-disable no-underscore-dangle -- Node's own hook for what a stream writes at once
      const writev = stream._writev?.bind(stream);
      stream._writev = (chunks, done) => {
        writes.push(chunks.length);
        writev?.(chunks, done);
      };
      for (let n = 0; n < 20; n += 1) {
        peer.send({ type: 'typing', id: 'x', on: true });
      }
      setImmediate(() => setImmediate(() => sent.resolve()));
    });
  });
  const port = await listen(http, null, null);
  onTestFinished(() => void http.close());
  const client = netConnect(port, '127.0.0.1');
  client.resume();
  client.write(upgradeRequest());
  await sent.promise;
  // A frame is a header and a payload.
  expect(writes).toEqual([40]);
  client.destroy();
});
