/** M1-M3 from outside: those who may not, and those who come back. */
import { describe, expect, test } from 'vitest';
import type { RoomKey } from '../../main/model/room.ts';
import type { ActName } from '../../main/wire/messages.ts';
import { openRoom } from '../support/open-room.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { temporaryFolder } from '../support/lanyard.ts';
import { Device } from '../support/device.ts';
import { freshIdentity, identityOf } from '../support/identities.ts';
import { connect, join } from '../support/protocol-member.ts';

async function populated() {
  const server = await openRoom();
  const { port } = server;
  const host = await join(port, 'the host');
  const moderator = await join(port, 'Mod');
  const ann = await join(port, 'Ann');
  const mallory = await join(port, 'Mallory');
  host.act('appoint', moderator.id);
  await mallory.actEntry('appoint', moderator.id);
  ann.say('hello', 'line');
  await mallory.entry('hello');
  return { server, port, host, moderator, ann, mallory };
}

describe('M1: acts of those who may not', () => {
  test('an ordinary member may none of them, and nobody hears of it', async () => {
    const { host, ann, mallory } = await populated();
    const onAnn = ['remove', 'ban', 'lift', 'mute', 'unmute', 'appoint', 'dismiss'] as const;
    const acts: readonly (readonly [ActName, string])[] = [
      ...onAnn.map((act) => [act, ann.id] as const),
      ['appoint', mallory.id],
      ['lock', ''],
      ['unlock', ''],
      ['slow', '10'],
      ['strike', 'line'],
      ['access', 'invite'],
    ];
    for (const [index, [act, on]] of acts.entries()) {
      mallory.act(act, on, `act-${index}`);
      await mallory.refused('not-allowed', `act-${index}`);
    }
    mallory.send({ type: 'bans', id: 'bans' });
    await mallory.refused('not-allowed', 'bans');
    mallory.say('done');
    await host.entry('done');
    const seen = host.received.filter((it) => it.type === 'entry' && it.entry.kind === 'act');
    expect(seen).toHaveLength(1);
  });

  test('a moderator may none on the host, on another moderator, on itself, nor the host’s own', async () => {
    const { host, moderator, ann } = await populated();
    host.act('appoint', ann.id);
    await moderator.actEntry('appoint', ann.id);
    const refused: readonly (readonly [ActName, string])[] = [
      ['remove', host.id],
      ['ban', host.id],
      ['mute', host.id],
      ['ban', ann.id],
      ['mute', ann.id],
      ['unmute', moderator.id],
      ['appoint', identityOf('Mallory').id],
      ['dismiss', ann.id],
      ['access', 'open'],
    ];
    for (const [index, [act, on]] of refused.entries()) {
      moderator.act(act, on, `act-${index}`);
      await moderator.refused(
        on === host.id || act === 'access' || on.startsWith('A') ? 'not-allowed' : 'no-such-member',
        `act-${index}`,
      );
    }
    host.say('still here');
    await moderator.entry('still here');
  });

  test('an act on what is not there', async () => {
    const { host } = await populated();
    for (const [index, [act, on, code]] of (
      [
        ['ban', freshIdentity().id, 'no-such-member'],
        ['ban', '', 'no-such-member'],
        ['ban', 'Zoë', 'bad-message'],
        ['mute', 'a key with spaces', 'bad-message'],
        ['strike', 'nothing', 'no-such-entry'],
        ['slow', '99999', 'bad-message'],
        ['slow', '-1', 'bad-message'],
        ['access', 'everybody', 'bad-message'],
      ] as const
    ).entries()) {
      host.act(act, on, `act-${index}`);
      await host.refused(code, `act-${index}`);
    }
    host.say('still here');
    await host.entry('still here');
  });

  test('the act of somebody else, sent again, is entered once; under one’s own name not at all', async () => {
    const { host, moderator, mallory } = await populated();
    host.act('lock', '', 'locking');
    const { id, act, on, written, signature } = await mallory.actEntry('lock');
    mallory.send({ type: 'act', id, act, on, written, signature });
    mallory.send({ type: 'act', id: 'again', act, on, written, signature });
    await mallory.refused('not-allowed', 'again');
    mallory.say('done');
    await moderator.entry('done');
    const locks = moderator.received.filter(
      (it) => it.type === 'entry' && it.entry.kind === 'act' && it.entry.act === 'lock',
    );
    expect(locks).toHaveLength(1);
  });

  test('E3: an act whose signature is not its actor’s is seen for what it is', async () => {
    const { port, host } = await populated();
    const reader = new Device('Reader');
    const key = await reader.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
    host.act('slow', '5', 'slow', { on: '0' });
    const seen = await reader.until(key, ({ entries }) => entries.some(({ id }) => id === 'slow'));
    expect(seen.entries.find(({ id }) => id === 'slow')?.doubt).toBe('signature');
  });
});

function portOf(device: Device, room: RoomKey): number {
  return device.view(room).hosting?.port ?? 0;
}

describe('M2, M3: coming back', () => {
  test('a banned one is told so, at once, under every name, on every connection', async () => {
    const { port, host, mallory } = await populated();
    host.act('ban', mallory.id);
    expect((await mallory.ended).reason).toBe('banned');
    expect(await host.change('left', 'Mallory')).toMatchObject({ reason: 'banned' });
    for (const name of ['Mallory', 'Somebody else', 'Ann']) {
      const again = await connect(port, { as: mallory.identity });
      again.hello(name);
      expect(await again.turnedAway()).toEqual({ code: 'banned', ending: 'banned' });
      expect(again.received).toHaveLength(1);
    }
    const seen = host.received.filter(({ type }) => type === 'presence');
    expect(JSON.stringify(seen.slice(-1))).toContain('banned');
  });

  test('what a banned one still had on its way is not entered', async () => {
    const { host, mallory } = await populated();
    host.act('ban', mallory.id);
    await mallory.actEntry('ban', mallory.id);
    mallory.say('last words');
    await mallory.ended;
    host.say('quiet');
    await host.entry('quiet');
    expect(host.texts).not.toContain('last words');
  });

  test('a removed one comes back to an open room, but not to one that was closed since', async () => {
    const { port, host, mallory } = await populated();
    host.act('remove', mallory.id);
    expect((await mallory.ended).reason).toBe('removed');
    const again = await join(port, 'Mallory');
    host.act('remove', mallory.id);
    await again.ended;
    host.act('access', 'invite');
    await host.actEntry('access', 'invite');
    const third = await connect(port, { as: mallory.identity });
    third.hello('Mallory');
    expect((await third.turnedAway()).code).toBe('invite-needed');
  });

  test('nobody new gets into a locked room; who was in does', async () => {
    const { port, host, ann } = await populated();
    host.act('lock');
    await host.actEntry('lock');
    const stranger = await connect(port);
    stranger.hello('Stranger');
    expect(await stranger.turnedAway()).toEqual({ code: 'room-locked', ending: 'not-admitted' });
    ann.crash();
    await host.change('left', 'Ann');
    (await join(port, 'Ann')).crash();
  });

  test('bans, mutes and locks are the same after the host’s restart, over the same folder', async () => {
    const folder = temporaryFolder();
    const identity = freshIdentity();
    const start = () => {
      const storage = openSqliteStorage(folder);
      return { storage, device: new Device('Hugo', undefined, { storage, identity }) };
    };
    const before = start();
    const key = await before.device.rooms.host({ room: 'Lab 3' });
    const port = portOf(before.device, key);
    const mallory = await join(port, 'Mallory');
    const ann = await join(port, 'Ann');
    const room = before.device.rooms.get(key);
    await room.act('ban', mallory.id);
    await room.act('mute', ann.id);
    await room.act('lock', '');
    await before.device.rooms.stop();
    before.storage.close();

    const after = start();
    const again = await after.device.rooms.host({ room: 'Lab 3' });
    const newPort = portOf(after.device, again);
    const back = await connect(newPort, { as: mallory.identity });
    back.hello('Innocent');
    expect((await back.turnedAway()).code).toBe('banned');
    const stranger = await connect(newPort);
    stranger.hello('Stranger');
    expect((await stranger.turnedAway()).code).toBe('room-locked');
    const muted = await join(newPort, 'Ann');
    muted.say('may I?', 'm1');
    await muted.refused('muted', 'm1');
    await after.device.rooms.stop();
    after.storage.close();
  });
});

describe('M2: what a raw client says regardless', () => {
  test('while muted', async () => {
    const { port, host, mallory } = await populated();
    host.act('mute', mallory.id);
    await mallory.actEntry('mute', mallory.id);
    mallory.say('I will not be quiet', 'm1');
    await mallory.refused('muted', 'm1');
    const again = await join(port, 'Mallory');
    again.say('I will not be quiet', 'm2');
    await again.refused('muted', 'm2');
    expect(host.texts).not.toContain('I will not be quiet');
  });

  test('in slow mode, with every flag, and on a new connection', async () => {
    const { port, host, mallory } = await populated();
    host.act('slow', '3600');
    await mallory.actEntry('slow', '3600');
    mallory.say('one');
    await host.entry('one');
    mallory.say('two', 'm2');
    expect((await mallory.refused('slow-mode', 'm2')).seconds).toBeGreaterThan(3_500);
    mallory.say('two', 'm3', { again: true });
    await mallory.refused('slow-mode', 'm3');
    const again = await join(port, 'Mallory');
    again.send({ type: 'rename', id: 'r', name: 'Somebody else' });
    again.say('two', 'm4');
    await again.refused('slow-mode', 'm4');
    expect(host.texts).not.toContain('two');
  });
});
