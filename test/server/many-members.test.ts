/** Many people at once, and what reaches each of them. */
import { createServer } from 'node:http';
import { connect as netConnect } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import { parseHubMessage } from '../../main/wire/parse.ts';
import { Batch } from '../../main/hub/engine/batch.ts';
import { listen } from '../../main/server/listen.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { Shared } from '../../main/hub/engine/shared.ts';
import { SharedRoster } from '../../main/hub/engine/shared-roster.ts';
import { realClock } from '../../main/server/real-clock.ts';
import { WsPeer } from '../../main/server/ws-peer.ts';
import { identityOf } from '../support/identities.ts';
import { openRoom, TALK } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';
import { upgradeRequest } from '../support/raw-client.ts';
import { greetingTo } from '../hub/greeting.ts';

function typing(id: string) {
  return { type: 'typing', conversation: TALK, id, on: true } as const;
}

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
        message.type === 'entries' && message.entries.at(-1)?.seq === 300 ? message : undefined,
      );
      return member.entries.flatMap(({ seq, id, text }) => (text === null ? [] : `${seq} ${id}`));
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
      const peer = new WsPeer(socket, stream, SERVER_LIMITS, realClock, {
        frame: () => undefined,
        ping: () => true,
        closed: () => undefined,
      });
      // oxlint-disable no-underscore-dangle -- Node's own hook for what a stream writes at once
      const writev = stream._writev?.bind(stream);
      stream._writev = (chunks, done) => {
        writes.push(chunks.length);
        writev?.(chunks, done);
      };
      for (let n = 0; n < 20; n += 1) {
        peer.send(typing('x'));
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

test.for([
  ['plain', 'stays'],
  ['TLS', 'stays'],
  ['TLS', 'is let go at once'],
] as const)(
  'W3: a welcome to a crowd comes whole, before what comes after it (%s, who %s)',
  async ([transport, end]) => {
    const { certificate, privateKey } = identityOf('the host');
    const tls = transport === 'TLS';
    const http = tls ? createHttpsServer({ cert: certificate, key: privateKey }) : createServer();
    const greeting = greetingTo('member-1');
    const since = 1_795_251_600_000;
    const roster = Array.from({ length: 2_000 }, (_, index) => ({
      id: `member-${index}`,
      name: `Zoë ${index} 王`,
      role: 'member' as const,
      away: false,
      muted: false,
      since,
    }));
    const sockets = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, stream, head) => {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const peer = new WsPeer(socket, stream, SERVER_LIMITS, realClock, {
          frame: () => undefined,
          ping: () => true,
          closed: () => undefined,
        });
        peer.welcome(greeting, new SharedRoster(roster));
        peer.send(typing('first'));
        peer.sendBatch(new Batch([new Shared(typing('second'))]));
        peer.beat();
        if (end === 'is let go at once') peer.close('left');
      });
    });
    const port = await listen(http, null, '127.0.0.1');
    onTestFinished(() => void http.close());
    const address = `${tls ? 'wss' : 'ws'}://127.0.0.1:${port}`;
    const client = new WebSocket(address, { rejectUnauthorized: false });
    const heard: unknown[] = [];
    client.on('message', (data: Buffer) => {
      heard.push(parseHubMessage(data.toString()));
      if (heard.length === 3 && end === 'stays') client.close();
    });
    const code = await new Promise((resolve) => client.once('close', resolve));
    expect(code).toBe(end === 'stays' ? 1005 : CLOSE_REASONS.left.code);
    expect(heard).toEqual([
      { ok: true, message: { ...greeting, roster } },
      { ok: true, message: typing('first') },
      { ok: true, message: typing('second') },
    ]);
  },
);
