/** A member's end against hubs that are not what they should be. */
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import { listen } from '../../main/server/listen.ts';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { connectAny } from '../../main/transport/connect-any.ts';
import type { Target } from '../../main/transport/address.ts';
import type { Connect, JudgeHost } from '../../main/replica/link.ts';
import { connectWebSocket } from '../../main/transport/ws-connection.ts';
import { identityOf } from '../support/identities.ts';
import { freePort } from '../support/foreign-port.ts';
import { HOST, openRoom, TALK } from '../support/open-room.ts';
import { strangeHub } from '../support/strange-hub.ts';

const ANN = identityOf('Ann');

/** Whoever is there may be the room's host. */
const anyHost: JudgeHost = () => null;

/** Only the host of the tests' rooms. */
const isHost: JudgeHost = (key) => (key === HOST.id ? null : 'host-key-changed');

function targetAt(port: number, host = '127.0.0.1', transport: Target['transport'] = 'tls') {
  const link = { roomId: null, hostKey: null, invite: null };
  return { host, port, transport, path: '/', ...link } as const;
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

function dial(target: Target, judgeHost = anyHost) {
  return listenTo((listener) => connectWebSocket(target, ANN, judgeHost, listener));
}

function dialAny(...targets: readonly Target[]) {
  return listenTo(connectAny(() => targets, ANN, anyHost));
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
    const { closed } = dial(targetAt(await strangeHub((socket) => socket.close(code, name))));
    expect(await closed).toBe(name);
  },
);

test.for([1000, 1001, 1011, 4999])('a close with %i is a lost connection', async (code) => {
  const { closed } = dial(targetAt(await strangeHub((socket) => socket.close(code))));
  expect(await closed).toBe('connection-lost');
});

test('F6, F7: what cannot be understood is ignored, what comes after it is not', async () => {
  const typing = { type: 'typing', conversation: TALK, id: 'b', on: true } as const;
  const port = await strangeHub((socket) => {
    for (const frame of ['', '{', '[]', '{"type":"reacted"}', '{"type":"entries","after":0}']) {
      socket.send(frame);
    }
    socket.send(Buffer.from(JSON.stringify({ ...typing, id: 'a' })), { binary: true });
    socket.send(JSON.stringify(typing));
    socket.close(4001);
  });
  const { heard, closed } = dial(targetAt(port));
  await closed;
  expect(heard).toEqual(['opened', typing, 'closed']);
});

test('F4: a hub that sends more than a welcome can be is given up', async () => {
  const port = await strangeHub((socket) => {
    socket.on('error', () => undefined);
    socket.send('x'.repeat(17 * 1024 * 1024));
  });
  const { heard, closed } = dial(targetAt(port));
  expect(await closed).toBe('connection-lost');
  expect(heard).toEqual(['opened', 'closed']);
});

describe('no room answers', () => {
  test('nobody at all', async () => {
    expect(await dial(targetAt(await freePort())).closed).toBe('refused-connection');
  });

  test('no such name', async () => {
    expect(await dial(targetAt(1, 'nobody.invalid')).closed).toBe('address-not-found');
  });

  test.for([
    ['a web page', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n'],
    ['not even HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['an endless page', 'HTTP/1.1 200 OK\r\n\r\nand so on'],
  ] as const)('%s', async ([, answer]) => {
    const port = await strangeServer((socket) => socket.write(answer));
    for (const transport of ['plain', 'tls'] as const) {
      expect(await dial(targetAt(port, '127.0.0.1', transport)).closed).toBe('not-a-room');
    }
  });

  test('wss:// to a room with a certificate of its own', async () => {
    const { port } = await openRoom();
    expect(await dial(targetAt(port, '127.0.0.1', 'web')).closed).toBe('certificate-untrusted');
  });

  test('somebody who hangs up', async () => {
    // As a room does that is crowded: nobody can tell which it is.
    const port = await strangeServer((socket) => socket.destroy());
    for (const transport of ['plain', 'tls'] as const) {
      const target = targetAt(port, '127.0.0.1', transport);
      expect(await dial(target).closed).toBe('connection-lost');
    }
  });

  test('a web page with TLS', async () => {
    const { certificate: cert, privateKey: key } = HOST;
    const page = createHttpsServer({ cert, key }, (_, response) => response.end('hi'));
    onTestFinished(() => void page.close());
    const port = await listen(page, null, '127.0.0.1');
    expect(await dial(targetAt(port)).closed).toBe('not-a-room');
  });

  test('I2: a room of 0.1.0, which says no ALPN of ours, hears nothing', async () => {
    let frames = 0;
    const hear = (socket: WebSocket) => socket.on('message', () => (frames += 1));
    const port = await strangeHub(hear, HOST, 0, 'http/1.1');
    const { heard, closed } = dial(targetAt(port));
    expect(await closed).toBe('version-unsupported');
    expect([heard, frames]).toEqual([['closed'], 0]);
    // Its key is what counts first.
    expect(await dial(targetAt(port), () => 'wrong-host').closed).toBe('wrong-host');
  });

  test.for([
    ['too-many-connections', 'too-many-connections'],
    ['request-timeout', 'timed-out'],
    ['wrong-subprotocol', 'version-unsupported'],
    ['certificate-unusable', 'certificate-refused'],
    ['not-encrypted', 'not-a-room'],
  ] as const)('F2: a room that refuses with %s', async ([code, reason]) => {
    const port = await strangeServer((socket) =>
      socket.end(`HTTP/1.1 400 No\r\nContent-Length: 0\r\nLanyard-Refusal: ${code}\r\n\r\n`),
    );
    expect(await dial(targetAt(port, '127.0.0.1', 'plain')).closed).toBe(reason);
  });
});

describe('what is refused at once is told as what is refused later', () => {
  const nowhere = targetAt(1, 'lab');
  const broken = { ...ANN, privateKey: 'no key', id: ANN.id, certificate: ANN.certificate };
  test.for<readonly [string, Target, DisconnectReason, typeof ANN?]>([
    [
      'a name that is a broken IPv4 address',
      { ...nowhere, host: '192.168.1.08' },
      'address-not-found',
    ],
    ['a name that is none', { ...nowhere, host: 'a b' }, 'address-not-found'],
    ['an empty name', { ...nowhere, host: '' }, 'address-not-found'],
    ['a fragment', { ...nowhere, path: '/#x', transport: 'plain' }, 'address-not-found'],
    ['a port there is not', { ...nowhere, port: 70_000 }, 'address-not-found'],
    ['a key that TLS does not read', nowhere, 'connection-lost', broken],
    ['the same with a scope', { ...nowhere, host: 'fe80::1%lo' }, 'connection-lost', broken],
  ])('%s', async ([, target, reason, identity = ANN]) => {
    const { heard, closed } = listenTo((listener) => {
      let hasReturned = false;
      const connection = connectWebSocket(target, identity, anyHost, {
        ...listener,
        closed(why) {
          expect(hasReturned).toBe(true);
          listener.closed(why);
        },
      });
      connection.send({ type: 'leave' });
      hasReturned = true;
      return connection;
    });
    expect(await closed).toBe(reason);
    expect(heard).toEqual(['closed']);
  });

  test('nothing is heard of it once it was closed', async () => {
    const { heard, connection } = dial({ ...nowhere, host: '192.168.1.08' });
    connection.close();
    await turn();
    expect(heard).toEqual([]);
  });

  test('and the next of several addresses is tried', async () => {
    const { port } = await openRoom();
    const { heard, opened } = dialAny({ ...nowhere, host: 'lab.3' }, targetAt(port));
    await opened;
    expect(heard).toEqual(['opened']);
  });

  test('a scope that leads nowhere, however long the system takes to say so', async () => {
    const hosts = ['fe80::1%lo', 'fe80::1%nowhere', 'fe80::1%99999', 'fd00::1%nowhere'];
    const dialled = hosts.flatMap((host) =>
      (['tls', 'plain'] as const).map((transport) => dial(targetAt(1, host, transport))),
    );
    for (const { heard, closed } of dialled) {
      const reasons = ['unreachable', 'refused-connection', 'address-not-found', 'timed-out'];
      expect(reasons).toContain(await closed);
      expect(heard).toEqual(['closed']);
    }
  });
});

describe('I3: the host is judged before anything is said to it', () => {
  test('by the key that TLS proves', async () => {
    const { port } = await openRoom();
    const judged: unknown[] = [];
    const { opened } = dial(targetAt(port), (hostKey) => {
      judged.push(hostKey);
      return null;
    });
    await opened;
    expect(judged).toEqual([HOST.id]);
  });

  test('who may not be the host hears nothing, and is left for the reason given', async () => {
    let frames = 0;
    const port = await strangeHub((socket) => socket.on('message', () => (frames += 1)));
    const { heard, closed } = dial(targetAt(port), () => 'host-key-changed');
    expect(await closed).toBe('host-key-changed');
    expect([heard, frames]).toEqual([['closed'], 0]);
  });

  test('a hub without TLS has no key', async () => {
    const { port } = await openRoom({}, { transport: 'plain' });
    const judged: unknown[] = [];
    const { opened } = dial(targetAt(port, '127.0.0.1', 'plain'), (hostKey) => {
      judged.push(hostKey);
      return null;
    });
    await opened;
    expect(judged).toEqual([null]);
  });

  test('an impostor at one address keeps nobody from the host at another', async () => {
    const { port } = await openRoom();
    const impostor = await strangeHub(() => undefined, identityOf('Mallory'));
    const targets = [targetAt(impostor), targetAt(port)];
    const { heard, opened } = listenTo(connectAny(() => targets, ANN, isHost));
    await opened;
    expect(heard).toEqual(['opened']);
  });

  test('when the host is not there at all, the impostor is what is told', async () => {
    const impostor = await strangeHub(() => undefined, identityOf('Mallory'));
    const targets = [targetAt(impostor), targetAt(await freePort())];
    const { closed } = listenTo(
      connectAny(
        () => targets,
        ANN,
        () => 'host-key-changed',
      ),
    );
    expect(await closed).toBe('host-key-changed');
  });
});

test('I4: over TLS nothing is signed because a hub asks for it', async () => {
  const hellos: string[] = [];
  const asked = Promise.withResolvers<void>();
  const port = await strangeHub((socket) => {
    socket.send('{"type":"challenge","nonce":"of another room"}');
    socket.on('message', (data: Buffer) => {
      hellos.push(data.toString());
      asked.resolve();
    });
  });
  const { opened, connection } = dial(targetAt(port));
  await opened;
  connection.send({ type: 'hello', version: PROTOCOL_VERSION, name: 'Ann', resume: [] });
  await asked.promise;
  expect(hellos).toEqual([
    JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, name: 'Ann', resume: [] }),
  ]);
});

test('closing is silent, and the hub sees that it was on purpose', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const port = await strangeHub((socket) => socket.on('close', resolve));
  const { heard, opened, connection } = dial(targetAt(port));
  await opened;
  connection.close();
  expect([1000, 1001, 1005]).toContain(await promise);
  expect(heard).toEqual(['opened']);
});

test('of several addresses the first that answers is taken', async () => {
  const { port } = await openRoom();
  const targets = [targetAt(await freePort()), targetAt(1, 'nobody.invalid'), targetAt(port)];
  const { heard, opened } = dialAny(...targets);
  await opened;
  expect(heard).toEqual(['opened']);
});

test('when none answers the last failure is told; without any it is out of reach', async () => {
  const port = await freePort();
  const { closed } = dialAny(targetAt(1, 'nobody.invalid'), targetAt(port));
  expect(await closed).toBe('refused-connection');
  expect(await dialAny().closed).toBe('unreachable');
});

test('an attempt that was given up tries no further address', async () => {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const silent = await strangeServer(() => resolve());
  let second = 0;
  const other = await strangeServer(() => {
    second += 1;
  });
  const { heard, connection } = dialAny(targetAt(silent), targetAt(other));
  await reached;
  connection.close();
  const { port } = await openRoom();
  await dial(targetAt(port)).opened;
  expect([heard, second]).toEqual([[], 0]);
});

test('F7: a welcome that cannot be read ends it, for nothing would ever come of it', async () => {
  const port = await strangeHub((socket) => socket.send('{"type":"welcome","version":"one"}'));
  const { closed } = dial(targetAt(port));
  expect(await closed).toBe('bad-message');
});
