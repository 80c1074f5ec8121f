/** How members go, and how soon the others know. */
import { once } from 'node:events';
import { connect as connectThrough } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { openRoom, TALK } from '../support/open-room.ts';
import { connect, copiesOf, join } from '../support/protocol-member.ts';
import { identityOf } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { helloOf, rawConnect, textFrame, upgradeRequest } from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

const HELLO = textFrame(helloOf('Mallory'));

describe('B1, B2, O18: who stops answering is gone, and everyone sees it', () => {
  const quick = { heartbeatMs: 100, quietMs: 2_500 };

  test('a peer that says hello and then nothing, not even pongs', async () => {
    const { port } = await openRoom(quick);
    const chat = await UndisturbedChat.start(port);
    const silent = await tlsConnect(port, Buffer.concat([Buffer.from(upgradeRequest()), HELLO]));
    silent.resume();
    for (const member of chat.members) {
      expect(await member.change('left', 'Mallory')).toMatchObject({ reason: 'lost', count: 3 });
    }
    await chat.end();
  });

  test('a peer that reads nothing any more', async () => {
    const { port } = await openRoom(quick);
    const chat = await UndisturbedChat.start(port);
    const deaf = await join(port, 'Mallory');
    deaf.socket.pause();
    expect((await chat.witness.change('left', 'Mallory')).reason).toBe('lost');
    deaf.crash();
    await chat.end();
  });

  test('a peer that only answers pings stays', async () => {
    const { port } = await openRoom(quick);
    const quiet = await join(port, 'Quiet');
    const gone = await join(port, 'Gone', { autoPong: false });
    await quiet.change('left', 'Gone');
    quiet.say('still here');
    await quiet.entry('still here');
    gone.crash();
    quiet.crash();
  });

  test('the real limits keep it within 20 s, with room for three pings', () => {
    const { heartbeatMs, quietMs } = SERVER_LIMITS;
    expect(heartbeatMs + quietMs).toBeLessThan(20_000);
    expect(quietMs).toBeGreaterThan(2 * heartbeatMs);
  });
});

// With limits this patient, whatever is seen was not seen by the heartbeat.
const patient = { heartbeatMs: 60_000, quietMs: 120_000 };

test('a crash is seen at once', async () => {
  const { port } = await openRoom(patient);
  const chat = await UndisturbedChat.start(port);
  const crashing = await join(port, 'Mallory');
  crashing.crash();
  expect((await chat.witness.change('left', 'Mallory')).reason).toBe('lost');
  await chat.end();
});

test('a reset connection is seen at once', async () => {
  const { port } = await openRoom(patient);
  const chat = await UndisturbedChat.start(port);
  const socket = await rawConnect(port);
  const hello = Buffer.concat([Buffer.from(upgradeRequest()), HELLO]);
  await tlsConnect(port, hello, identityOf('Mallory'), { socket });
  await chat.witness.change('joined', 'Mallory');
  socket.resetAndDestroy();
  expect((await chat.witness.change('left', 'Mallory')).reason).toBe('lost');
  await chat.end();
});

test('P8, O11: who leaves is told so and gone at once, the others see that it was on purpose', async () => {
  const { port } = await openRoom(patient);
  const chat = await UndisturbedChat.start(port);
  const leaving = await join(port, 'Mallory');
  leaving.send({ type: 'leave' });
  expect(await leaving.ended).toEqual({ code: 4000, reason: 'left' });
  expect((await chat.witness.change('left', 'Mallory')).reason).toBe('left');
  await chat.end();
});

test.for([1000, 1001, undefined])('P8, O18: closing with %s is going on purpose', async (code) => {
  const { port } = await openRoom(patient);
  const chat = await UndisturbedChat.start(port);
  const closing = await join(port, 'Mallory');
  closing.socket.close(code);
  expect((await chat.witness.change('left', 'Mallory')).reason).toBe('left');
  await chat.end();
});

test('O4: leaving twice, and leaving while the connection breaks, is harmless', async () => {
  const { port } = await openRoom(patient);
  const chat = await UndisturbedChat.start(port);
  const leaving = await join(port, 'Mallory');
  leaving.send({ type: 'leave' });
  leaving.send({ type: 'leave' });
  leaving.crash();
  await chat.witness.change('left', 'Mallory');
  await chat.end();
  const left = chat.witness.received.filter((message) =>
    JSON.stringify(message).includes('"change":"left","id"'),
  );
  expect(left.filter((message) => JSON.stringify(message).includes('Mallory'))).toHaveLength(1);
});

test('H6, O20: who comes back while the old connection still stands takes it over', async () => {
  const { port } = await openRoom(patient);
  const chat = await UndisturbedChat.start(port);
  const before = await join(port, 'Zoe');
  const first = await before.welcome();
  const { you } = first;
  const after = await connect(port, { as: identityOf('Zoe') });
  after.hello('Zoe', { resume: copiesOf(first) });
  const welcome = await after.welcome();
  expect(welcome.you).toBe(you);
  const common = welcome.logs.map((log) => log.common?.seq ?? 0);
  expect(common).toEqual(first.logs.map(({ last }) => last.seq));
  expect(welcome.roster.map(({ name }) => name)).toEqual(['Ann', 'Bo', 'Cem', 'Zoe']);
  expect(await before.ended).toEqual({ code: 4004, reason: 'taken-over' });
  after.say('here again');
  expect((await chat.witness.entry('here again')).person).toBe(you);
  after.crash();
  await chat.witness.change('left', 'Zoe');
  await chat.end();
});

describe('B4, O15: who does not read is let go, the others keep receiving', () => {
  /** So much may be sent that only the queue is in the way. */
  const flood = { ...SERVER_LIMITS.flood, burst: 1_000_000 };
  const small = { ...patient, flood, queueBytes: 128 * 1024 };

  test('a member whose queue is full', async () => {
    const { port } = await openRoom({ ...small, closeMs: 10_000 });
    const chat = await UndisturbedChat.start(port);
    const slow = await join(port, 'Mallory');
    slow.socket.pause();
    const loud = await join(port, 'Loud');
    const gone = chat.witness.change('left', 'Mallory');
    for (let said = 0; ; said += 1) {
      const text = `${said} ${'字'.repeat(3_900)}`;
      loud.say(text);
      const seen = await Promise.race([gone, loud.entry(text)]);
      if ('change' in seen) break;
    }
    expect((await gone).reason).toBe('too-slow');
    slow.socket.resume();
    expect(await slow.ended).toEqual({ code: 4005, reason: 'too-slow' });
    await chat.end();
    loud.crash();
  });

  test('a member that asks and asks and reads no answer', async () => {
    const { port } = await openRoom(small);
    const chat = await UndisturbedChat.start(port);
    for (let said = 0; said < 20; said += 1) {
      const text = `${said} ${'字'.repeat(3_900)}`;
      chat.witness.say(text);
    }
    const greedy = await join(port, 'Mallory');
    greedy.socket.pause();
    for (let asked = 0; asked < 500; asked += 1) {
      greedy.send({ type: 'history', id: `h${asked}`, conversation: TALK, after: 0, limit: 200 });
    }
    expect((await chat.witness.change('left', 'Mallory')).reason).toBe('too-slow');
    greedy.crash();
    await chat.end();
  });

  test('a member that pings without end and reads no pong', async () => {
    const { port } = await openRoom(small);
    const lonely = await join(port, 'Ann');
    const opening = Buffer.concat([Buffer.from(upgradeRequest()), HELLO]);
    const pinging = await tlsConnect(port, opening);
    await lonely.change('joined', 'Mallory');
    pinging.pause();
    const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125]), Buffer.alloc(4 + 125)]);
    const pings = Buffer.concat(Array.from({ length: 400 }, () => ping));
    for (let batch = 0; batch < 1_000; batch += 1) {
      const broken = await new Promise((resolve) => pinging.write(pings, resolve));
      if (broken) break;
    }
    expect((await lonely.change('left', 'Mallory')).reason).toBe('too-slow');
    lonely.crash();
  });
});

describe('C1: closing the room', () => {
  test('tells everybody, and leaves nothing open', async () => {
    const server = await openRoom();
    const members = await Promise.all(['Ann', 'Bo'].map((name) => join(server.port, name)));
    await server.stop();
    for (const member of members) {
      expect(await member.ended).toEqual({ code: 4001, reason: 'room-closed' });
    }
    await expect(rawConnect(server.port)).rejects.toThrow('ECONNREFUSED');
  });

  test('lets in nobody any more, also not who was shaking hands', async () => {
    const server = await openRoom();
    const late = await rawConnect(server.port);
    await join(server.port, 'Ann');
    const stopped = server.stop();
    const socket = connectThrough({ socket: late, ...memberTls(identityOf('Mallory')) });
    socket.write(Buffer.concat([Buffer.from(upgradeRequest()), HELLO]));
    await expect(once(socket, 'data')).rejects.toThrow();
    await stopped;
  });

  test('does not wait for those who do not answer', async () => {
    const server = await openRoom();
    const hello = Buffer.concat([Buffer.from(upgradeRequest()), HELLO]);
    const rude = [
      await rawConnect(server.port),
      await tlsConnect(server.port),
      await tlsConnect(server.port, upgradeRequest()),
      await tlsConnect(server.port, upgradeRequest({ Origin: 'https://evil.example' })),
      await tlsConnect(server.port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n'),
      await tlsConnect(server.port, hello),
    ];
    const witness = await join(server.port, 'Ann');
    const ended = rude.map((socket) => once(socket.resume(), 'end'));
    await server.stop();
    await Promise.all(ended);
    expect((await witness.ended).reason).toBe('room-closed');
  });

  test('can be asked for twice', async () => {
    const server = await openRoom();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });
});
