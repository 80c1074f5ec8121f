/** A member's end against hubs that are not what they should be. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DisconnectReason } from '../../main/client/disconnects.ts';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import type { HubMessage } from '../../main/protocol/messages.ts';
import { connectAny } from '../../main/transport/connect-any.ts';
import type { Connect } from '../../main/transport/connection.ts';
import { connectWebSocket } from '../../main/transport/ws-connection.ts';
import { freePort } from '../support/foreign-port.ts';
import { openRoom } from '../support/open-room.ts';

function targetAt(port: number, host = '127.0.0.1') {
  return { host, port, secure: false, path: '/', roomId: null };
}

/** Connects and records what is heard, in order. */
function listenTo(connect: Connect) {
  const heard: (string | HubMessage)[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<DisconnectReason>();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const connection = connect({
    opened() {
      heard.push('opened');
      open();
    },
    message: (message) => heard.push(message),
    closed(reason) {
      heard.push('closed');
      resolve(reason);
    },
  });
  onTestFinished(() => connection.close());
  return { heard, opened, closed, connection };
}

function dial(port: number, host?: string) {
  return listenTo((listener) => connectWebSocket(targetAt(port, host), listener));
}

/** A WebSocket server that does with a member what it likes. */
async function strangeHub(behave: (socket: WebSocket) => void): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', behave);
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A TCP server that does with a connection what it likes. */
async function strangeServer(behave: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onTestFinished(() => {
      socket.destroy();
    });
    behave(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

test.for(Object.entries(CLOSE_REASONS))(
  'C1: a close with %s is told by its name',
  async ([name, { code }]) => {
    const { closed } = dial(await strangeHub((socket) => socket.close(code, name)));
    expect(await closed).toBe(name);
  },
);

test.for([1000, 1001, 1011, 4999])('a close with %i is a lost connection', async (code) => {
  const { closed } = dial(await strangeHub((socket) => socket.close(code)));
  expect(await closed).toBe('connection-lost');
});

test('F6, F7: what cannot be understood is ignored, what comes after it is not', async () => {
  const port = await strangeHub((socket) => {
    for (const frame of ['', '{', '[]', '{"type":"reacted"}', '{"type":"entry","entry":{}}']) {
      socket.send(frame);
    }
    socket.send(Buffer.from('{"type":"typing","id":"a","on":true}'), { binary: true });
    socket.send('{"type":"typing","id":"b","on":true}');
    socket.close(4001);
  });
  const { heard, closed } = dial(port);
  await closed;
  expect(heard).toEqual(['opened', { type: 'typing', id: 'b', on: true }, 'closed']);
});

test('F4: a hub that sends more than a welcome can be is given up', async () => {
  const port = await strangeHub((socket) => {
    socket.on('error', () => undefined);
    socket.send('x'.repeat(17 * 1024 * 1024));
  });
  const { heard, closed } = dial(port);
  expect(await closed).toBe('connection-lost');
  expect(heard).toEqual(['opened', 'closed']);
});

describe('no room answers', () => {
  test('nobody at all', async () => {
    expect(await dial(await freePort()).closed).toBe('refused-connection');
  });

  test('no such name', async () => {
    expect(await dial(1, 'nobody.invalid').closed).toBe('address-not-found');
  });

  test.for([
    ['a web page', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n'],
    ['not even HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['an endless page', 'HTTP/1.1 200 OK\r\n\r\nand so on'],
  ] as const)('%s', async ([, answer]) => {
    const port = await strangeServer((socket) => socket.write(answer));
    expect(await dial(port).closed).toBe('not-a-room');
  });

  test('somebody who hangs up', async () => {
    const port = await strangeServer((socket) => socket.destroy());
    expect(['connection-lost', 'not-a-room']).toContain(await dial(port).closed);
  });
});

test('closing is silent, and the hub sees that it was on purpose', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const port = await strangeHub((socket) => socket.on('close', resolve));
  const { heard, opened, connection } = dial(port);
  await opened;
  connection.close();
  expect([1000, 1001, 1005]).toContain(await promise);
  expect(heard).toEqual(['opened']);
});

test('of several addresses the first that answers is taken', async () => {
  const { port } = await openRoom();
  const targets = [targetAt(await freePort()), targetAt(1, 'nobody.invalid'), targetAt(port)];
  const { heard, opened } = listenTo(connectAny(() => targets));
  await opened;
  expect(heard).toEqual(['opened']);
});

test('when none answers the last failure is told; without any it is out of reach', async () => {
  const port = await freePort();
  const { closed } = listenTo(connectAny(() => [targetAt(1, 'nobody.invalid'), targetAt(port)]));
  expect(await closed).toBe('refused-connection');
  expect(await listenTo(connectAny(() => [])).closed).toBe('unreachable');
});

test('an attempt that was given up tries no further address', async () => {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const silent = await strangeServer(() => resolve());
  let second = 0;
  const other = await strangeServer(() => {
    second += 1;
  });
  const { heard, connection } = listenTo(connectAny(() => [targetAt(silent), targetAt(other)]));
  await reached;
  connection.close();
  const { port } = await openRoom();
  await dial(port).opened;
  expect([heard, second]).toEqual([[], 0]);
});
