/** Nobody holds the door: who fills it with connections that never become members keeps nobody else out. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { holdDoor } from '../support/door-holder.ts';
import { openRoom } from '../support/open-room.ts';
import { connectPlain, join, joinPlain } from '../support/protocol-member.ts';
import { answerOf, rawConnect, untilDropped, upgradeRequest } from '../support/raw-client.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

// One machine has several addresses of its own only there.
const noAddresses =
  process.platform === 'linux' ? '' : ' (skipped: 127.0.0.2 is one on Linux only)';
const testOnLinux = test.skipIf(noAddresses !== '');

/** More than any of them lets in. */
const COUNT = 320;
const limits = { connections: 200, halfOpen: 100, halfOpenPerSource: 50, helloMs: 60_000 };

const ONE = ['127.0.0.9'];
const MANY = Array.from({ length: 250 }, (_, index) => `127.0.9.${index + 1}`);

/** The beginning of a handshake of TLS, of which nothing follows. */
const CLIENT_HELLO = Buffer.from('16030140000100', 'hex');

const holders: Readonly<Record<string, readonly [readonly string[], string | Buffer]>> = {
  'one address says nothing': [ONE, ''],
  'one address begins with TLS': [ONE, CLIENT_HELLO],
  'one address begins with HTTP': [ONE, 'GET / HTTP/1.1\r\n'],
  'many addresses say nothing': [MANY, ''],
  'many addresses begin with TLS': [MANY, CLIENT_HELLO],
};

describe(`half-open connections, made anew for as long as it takes${noAddresses}`, () => {
  testOnLinux.for(Object.entries(holders))('%s', async ([, [from, opening]]) => {
    const { port } = await openRoom(limits);
    const chat = await UndisturbedChat.start(port);
    const holder = holdDoor(port, { count: COUNT, from, opening });
    await holder.made(COUNT);
    for (const name of ['Late', 'Later', 'Last']) {
      const member = await join(port, name, { localAddress: '127.0.0.2' });
      member.say(`${name} is in`);
      await chat.witness.entry(`${name} is in`);
      member.crash();
    }
    await chat.end();
  });

  testOnLinux('many addresses ask for a WebSocket and say nothing then', async () => {
    const { port } = await openRoom(limits, { transport: 'plain' });
    const chat = await UndisturbedChat.start(port, joinPlain);
    const holder = holdDoor(port, { count: COUNT, from: MANY, opening: upgradeRequest() });
    await holder.made(COUNT);
    for (const name of ['Late', 'Later', 'Last']) {
      const member = await joinPlain(port, name);
      member.say(`${name} is in`);
      await chat.witness.entry(`${name} is in`);
      member.crash();
    }
    await chat.end();
  });
});

test('when they have gone there is room again for who comes from where they came from', async () => {
  const { port } = await openRoom(limits);
  const holder = holdDoor(port, { count: 50, from: ['127.0.0.1'] });
  await holder.made(50);
  await expect(join(port, 'Early')).rejects.toThrow();
  holder.stop();
  await expect.poll(() => join(port, 'Late').catch(() => null)).not.toBeNull();
});

test('who sends a handshake byte by byte is let go', async () => {
  const { port } = await openRoom({ helloMs: 500 });
  const socket = await rawConnect(port, CLIENT_HELLO);
  await untilDropped(socket);
});

describe('O8: a proxy is not one person', () => {
  const PROXY = { transport: 'plain', trustedProxies: ['127.0.0.1'] } as const;

  test('all that come through it are let in', async () => {
    const { port } = await openRoom({ ...limits, halfOpen: 5, halfOpenPerSource: 2 }, PROXY);
    const waiting = await Promise.all(Array.from({ length: 20 }, () => rawConnect(port)));
    const answers = waiting.map(async (socket, index) => {
      socket.write(upgradeRequest({ 'X-Forwarded-For': `192.0.2.${index}` }));
      const [answer] = await once(socket, 'data');
      return String(answer);
    });
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 101 /);
  });

  test('who comes through it and says nothing makes room for who comes from elsewhere', async () => {
    const { port } = await openRoom({ ...limits, halfOpen: 5 }, PROXY);
    const silent = await Promise.all(
      Array.from({ length: 6 }, () =>
        rawConnect(port, upgradeRequest({ 'X-Forwarded-For': '192.0.2.1' })),
      ),
    );
    const ended = Promise.race(silent.map((socket) => answerOf(socket)));
    const late = await connectPlain(port);
    await late.proveHello('Late');
    await late.welcome();
    await ended;
    late.crash();
  });
});
