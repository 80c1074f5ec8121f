/** B6 on real sockets: members who send too much, and the others, who do not notice. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { message } from '../../main/events/message.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { Device } from '../support/device.ts';
import { openRoom, TALK } from '../support/open-room.ts';
import { connect, join } from '../support/protocol-member.ts';
import type { ProtocolMember } from '../support/protocol-member.ts';
import { postBy } from '../support/posts.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

test('B6: who says too much at once is told to slow down, and goes on where it was', async () => {
  const { port } = await openRoom({ flood: { ...SERVER_LIMITS.flood, burst: 50 } });
  const chat = await UndisturbedChat.start(port);
  const eager = await join(port, 'Eager');
  const posts = Array.from({ length: 90 }, (_, index) =>
    postBy(eager.identity, message.name, { text: `eager-${index + 1}` }),
  );
  const ids = posts.map(({ id }) => id);
  for (const post of posts) eager.send(post);
  const last = ids.at(-1) ?? '';
  await eager.refused('slow-down', last);
  const refused = eager.received.filter(isRefused);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(41);
  for (const { code, seconds } of refused) {
    expect(code).toBe('slow-down');
    expect(seconds).toBeGreaterThanOrEqual(1);
  }
  // In one piece: nothing that was said later was taken in between.
  expect(refused.map(({ id }) => id)).toEqual(ids.slice(-refused.length));

  await delay(1_000 * Math.max(...refused.map(({ seconds }) => seconds ?? 0)));
  for (const [index, post] of posts.slice(-refused.length).entries()) {
    eager.send(index === 0 ? { ...post, again: true } : post);
  }
  await eager.item(last);
  const said = eager.entries.filter(({ person }) => person === eager.id);
  expect(said.map(({ id }) => id)).toEqual(ids);
  await chat.end();
});

test('B6: who goes on flooding is removed, and everybody is told why', async () => {
  const { port } = await openRoom();
  const chat = await UndisturbedChat.start(port);
  const mallory = await join(port, 'Mallory');
  const { burst, patience } = SERVER_LIMITS.flood;
  for (let sent = 0; sent < burst + patience + 50; sent += 1) {
    mallory.send({ type: 'typing', conversation: TALK, on: sent % 2 === 0 });
  }
  expect(await mallory.ended).toEqual({ code: 4011, reason: 'flooding' });
  expect(await chat.witness.change('left', 'Mallory')).toMatchObject({ reason: 'flooding' });
  await chat.end();
});

test('B6: pings are answered as long as they are not too many, then the member is told to slow down', async () => {
  const { port } = await openRoom({ flood: { ...SERVER_LIMITS.flood, burst: 150 } });
  const chat = await UndisturbedChat.start(port);
  const eager = await join(port, 'Eager');
  const answered: string[] = [];
  eager.socket.on('pong', (data) => answered.push(data.toString()));
  const pings = Array.from({ length: 160 }, (_, index) => `ping ${index + 1}`);
  for (const ping of pings) eager.socket.ping(ping);
  const { code, seconds } = await eager.refusal();
  expect(code).toBe('slow-down');
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(answered.length).toBeGreaterThan(100);
  expect(answered).toEqual(pings.slice(0, answered.length));
  await chat.end();
  eager.crash();
});

test.for([
  ['pings', ({ socket }: ProtocolMember) => socket.ping()],
  ['pongs nobody asked for', ({ socket }: ProtocolMember) => socket.pong()],
] as const)(
  'B6: who goes on sending %s is removed, and everybody is told why',
  async ([, send]) => {
    const { port } = await openRoom();
    const chat = await UndisturbedChat.start(port);
    const mallory = await join(port, 'Mallory');
    const { burst, patience } = SERVER_LIMITS.flood;
    for (let sent = 0; sent < burst + patience + 50; sent += 1) send(mallory);
    expect(await mallory.ended).toEqual({ code: 4011, reason: 'flooding' });
    expect(await chat.witness.change('left', 'Mallory')).toMatchObject({ reason: 'flooding' });
    await chat.end();
  },
);

test('B6: who floods with pings before saying hello is let go the same way', async () => {
  const { port } = await openRoom({ flood: { ...SERVER_LIMITS.flood, burst: 10, patience: 10 } });
  const mallory = await connect(port);
  for (let sent = 0; sent < 30; sent += 1) mallory.socket.ping();
  expect(await mallory.ended).toEqual({ code: 4011, reason: 'flooding' });
});

test('B1, B6: answers to the hub’s own pings cost nothing', async () => {
  const { port } = await openRoom({
    heartbeatMs: 5,
    flood: { burst: 3, perSecond: 0.001, pauseMs: 60_000, patience: 0 },
  });
  const quiet = await join(port, 'Quiet');
  for (let heard = 0; heard < 10; heard += 1) await once(quiet.socket, 'ping');
  quiet.say('still here');
  await quiet.entry('still here');
  quiet.crash();
});

test('B6: what comes during the pause is refused for that, whatever it is', async () => {
  const { port } = await openRoom({
    flood: { burst: 5, perSecond: 0.001, pauseMs: 60_000, patience: 1_000 },
  });
  const mallory = await join(port, 'Mallory');
  for (let sent = 0; sent < 5; sent += 1)
    mallory.send({ type: 'typing', conversation: TALK, on: true });
  mallory.socket.send('{'.repeat(60_000));
  mallory.socket.send('{"type":"post","id":"m1"}');
  await mallory.waitFor((it) => (isRefused(it) && it.id === 'm1' ? it : undefined));
  const codes = mallory.received.filter(isRefused).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['slow-down']));
  mallory.crash();
});

test(
  'B6: a person’s app sends hundreds of lines through every pause, once and in order',
  { timeout: 60_000 },
  async () => {
    const { port } = await openRoom({
      flood: { burst: 40, perSecond: 200, pauseMs: 300, patience: 500 },
    });
    const watcher = await join(port, 'Watcher');
    const ann = new Device('Ann');
    const key = await ann.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index + 1}`);
    for (const line of lines) ann.rooms.get(key).say(line);
    await watcher.entry('line 200');
    expect(watcher.texts).toEqual(lines);
    const said = (await ann.untilSaid(key, 'line 200')).entries;
    expect(said.map((entry) => entry.kind === 'said' && entry.text)).toEqual(lines);
    expect(ann.view(key).pending).toEqual([]);
    watcher.crash();
  },
);

function isRefused(heard: HubMessage): heard is Extract<HubMessage, { type: 'refused' }> {
  return heard.type === 'refused';
}
