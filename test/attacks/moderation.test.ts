/** M1-M3 from outside: those who may not, and those who come back. */
import { describe, expect, test } from 'vitest';
import type { RoomKey } from '../../main/model/room.ts';
import { MODERATION, moderation } from '../../main/events/moderation.ts';
import type { Moderation } from '../../main/events/moderation.ts';
import type { RefusalCode } from '../../main/model/error-codes.ts';
import { act } from '../../main/rooms/care.ts';
import { openRoom, ROOM_ID } from '../support/open-room.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { temporaryFolder } from '../support/lanyard.ts';
import { Device } from '../support/device.ts';
import { freshIdentity, identityOf } from '../support/identities.ts';
import { connect, join } from '../support/protocol-member.ts';
import type { HeardEntry, ProtocolMember } from '../support/protocol-member.ts';
import { postBy } from '../support/posts.ts';

async function populated() {
  const server = await openRoom();
  const { port } = server;
  const host = await join(port, 'the host');
  const moderator = await join(port, 'Mod');
  const ann = await join(port, 'Ann');
  const mallory = await join(port, 'Mallory');
  host.act('appoint', moderator.id);
  await mallory.actEntry('appoint', moderator.id);
  const line = ann.say('hello');
  await mallory.entry('hello');
  return { server, port, host, moderator, ann, mallory, line };
}

/** What can be tried, under the label it is refused by. */
type Attempt = readonly [kind: string, content: object, to?: string];

function about(deed: Moderation, person: string): Attempt {
  return [moderation.name, { act: deed, person, name: '' }];
}

/** Tries all of it, having seen every act; each is refused with this. */
async function expectRefused(
  member: ProtocolMember,
  attempts: readonly (readonly [Attempt, RefusalCode])[],
) {
  for (const [index, [[kind, content, to], code]] of attempts.entries()) {
    const seen = kind.startsWith('act/') ? member.seen : [];
    const references = to === undefined ? seen : [{ as: 'to', id: to }, ...seen];
    member.post(kind, content, { label: `try-${index}`, references });
    await member.refused(code, `try-${index}`);
  }
}

const isAct = ({ kind }: HeardEntry) => kind.startsWith('act/');

describe('M1: acts of those who may not', () => {
  test('an ordinary member may none of them, and nobody hears of it', async () => {
    const { host, ann, mallory, line } = await populated();
    const acts: readonly Attempt[] = [
      ...MODERATION.map((deed) => about(deed, ann.id)),
      about('appoint', mallory.id),
      ['act/settings', { locked: true }],
      ['act/settings', { locked: false }],
      ['act/settings', { slowSeconds: 10 }],
      ['act/settings', { access: 'invite' }],
      ['act/settings', { name: 'Mine' }],
      ['act/settings', { idleMinutes: 1 }],
      ['act/settings', { remembersDays: 0 }],
      ['act/passphrase', { setup: 'x', record: 'x' }],
      ['act/invitation', { hash: 'x'.repeat(43), expiresAt: null, maxUses: null }],
      ['act/clear', {}],
      ['act/topic', { conversation: ROOM_ID, text: 'mine' }],
      ['act/anything', {}],
      ['relation/redaction', {}, line],
      ['relation/edit', { text: 'bye' }, line],
      ['relation/pin', { pinned: true }, line],
    ];
    await expectRefused(
      mallory,
      acts.map((attempt) => [attempt, 'not-allowed'] as const),
    );
    mallory.send({ type: 'bans', id: 'bans' });
    await mallory.refused('not-allowed', 'bans');
    mallory.say('done');
    await host.entry('done');
    // The room's name, and the moderator's appointment.
    expect(host.entries.filter(isAct)).toHaveLength(2);
    expect(host.received.filter(({ type }) => type === 'room')).toEqual([]);
  });

  test('a moderator may none on the host, on another moderator, on itself, nor the host’s own', async () => {
    const { host, moderator, ann } = await populated();
    host.act('appoint', ann.id);
    await moderator.actEntry('appoint', ann.id);
    host.say('mine');
    const line = await moderator.entry('mine');
    const attempts: readonly Attempt[] = [
      about('remove', host.id),
      about('ban', host.id),
      about('mute', host.id),
      about('ban', ann.id),
      about('mute', ann.id),
      about('unmute', moderator.id),
      about('appoint', identityOf('Mallory').id),
      about('dismiss', ann.id),
      ['act/settings', { access: 'open' }],
      ['act/settings', { locked: true, name: 'Mine' }],
      ['act/passphrase', { setup: 'x', record: 'x' }],
      ['act/invitation', { hash: 'x'.repeat(43), expiresAt: null, maxUses: null }],
      ['act/revocation', {}, line.id],
      ['act/clear', {}],
      ['relation/redaction', {}, line.id],
    ];
    await expectRefused(
      moderator,
      attempts.map((attempt) => [attempt, 'not-allowed'] as const),
    );
    host.say('still here');
    await moderator.entry('still here');
  });

  test('X14: what the host restricted a moderator does not allow again', async () => {
    const { host, moderator, mallory } = await populated();
    host.act('mute', mallory.id);
    await moderator.item(host.set({ locked: true, slowSeconds: 5 }));
    await expectRefused(moderator, [
      [about('unmute', mallory.id), 'set-by-host'],
      [['act/settings', { locked: false }], 'set-by-host'],
      [['act/settings', { slowSeconds: 4 }], 'set-by-host'],
    ]);
    await host.item(moderator.set({ slowSeconds: 6 }));
  });

  test('an act on what is not there', async () => {
    const { host, line } = await populated();
    const nobody = freshIdentity().id;
    await expectRefused(host, [
      [about('ban', nobody), 'no-such-member'],
      [about('lift', identityOf('Mallory').id), 'no-such-member'],
      [about('ban', ''), 'bad-message'],
      [['act/moderation', { act: 'ban', name: '' }], 'bad-message'],
      [['relation/redaction', {}, nobody], 'no-such-entry'],
      [['relation/redaction', {}], 'no-such-entry'],
      [['relation/pin', { pinned: true }, nobody], 'no-such-entry'],
      [['act/revocation', {}, line], 'no-such-entry'],
      [['act/settings', { slowSeconds: 99_999 }], 'bad-message'],
      [['act/settings', { slowSeconds: -1 }], 'bad-message'],
      [['act/settings', { access: 'everybody' }], 'bad-message'],
      [['act/settings', { access: 'passphrase' }], 'bad-message'],
    ]);
    host.post(
      'act/settings',
      { locked: true },
      { label: 'x', references: [{ as: 'after', id: line }] },
    );
    await host.refused('no-such-entry', 'x');
    host.say('still here');
    await host.entry('still here');
  });

  test('the act of somebody else, sent again, is entered once; under one’s own name not at all', async () => {
    const { host, moderator, mallory } = await populated();
    const lock = postBy(host.identity, 'act/settings', { locked: true }, host.seen);
    host.send(lock);
    const { signature } = await mallory.item(lock.id);
    mallory.send(lock);
    await mallory.refused('not-allowed', lock.id);
    const more = { signature };
    mallory.post('act/settings', { locked: true }, { label: 'mine', references: host.seen, more });
    await mallory.refused('bad-message', 'mine');
    host.send(lock);
    await host.waitFor((it) => (it.type === 'confirmed' && it.id === lock.id ? it : undefined));
    mallory.say('done');
    await moderator.entry('done');
    expect(moderator.entries.filter(({ id }) => id === lock.id)).toHaveLength(1);
  });

  test('E1: acts and redactions whose signature is not their author’s are none', async () => {
    const { host, ann, mallory, line } = await populated();
    const more = { signature: host.identity.sign('something else') };
    const references = host.seen;
    host.post('act/settings', { slowSeconds: 5 }, { label: 'act', references, more });
    await host.refused('bad-message', 'act');
    const to = [{ as: 'to', id: line }];
    ann.post('relation/redaction', {}, { label: 'redaction', references: to, more });
    await ann.refused('bad-message', 'redaction');
    host.say('still here');
    await mallory.entry('still here');
    expect(mallory.received.filter(({ type }) => type === 'room')).toEqual([]);
    expect(mallory.entries.filter(({ kind }) => kind === 'relation/redaction')).toEqual([]);
  });
});

describe('M4: what is redacted is gone', () => {
  test('its author and a moderator may; its words are in no welcome any more', async () => {
    const { port, moderator, ann, mallory, line } = await populated();
    mallory.say('something nasty');
    const { id } = await moderator.entry('something nasty');
    ann.post('relation/redaction', {}, { references: [{ as: 'to', id: line }] });
    const by = moderator.post('relation/redaction', {}, { references: [{ as: 'to', id }] });
    await ann.item(by);
    await expectRefused(moderator, [
      [['relation/redaction', {}, id], 'no-such-entry'],
      [['relation/reaction', { emoji: '👍' }, id], 'no-such-entry'],
    ]);
    const late = await join(port, 'Late');
    const bodies = late.entries.filter((it) => [id, line].includes(it.id)).map(({ body }) => body);
    expect(bodies.map(({ state }) => state)).toEqual(['redacted', 'redacted']);
    expect(JSON.stringify(late.received)).not.toMatch(/nasty|hello/);
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
    await host.item(host.set({ access: 'invite' }));
    const third = await connect(port, { as: mallory.identity });
    third.hello('Mallory');
    expect((await third.turnedAway()).code).toBe('invite-needed');
  });

  test('nobody new gets into a locked room; who was in does', async () => {
    const { port, host, ann } = await populated();
    await host.item(host.set({ locked: true }));
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
    await act(room, 'ban', mallory.id);
    await act(room, 'mute', ann.id);
    await act(room, 'lock', '');
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
    await mallory.item(host.set({ slowSeconds: 3_600 }));
    mallory.say('one');
    await host.entry('one');
    mallory.say('two', 'm2');
    expect((await mallory.refused('slow-mode', 'm2')).seconds).toBeGreaterThan(3_500);
    mallory.post('message/text', { text: 'two' }, { label: 'm3', again: true });
    await mallory.refused('slow-mode', 'm3');
    const again = await join(port, 'Mallory');
    again.send({ type: 'rename', id: 'r', name: 'Somebody else' });
    again.say('two', 'm4');
    await again.refused('slow-mode', 'm4');
    expect(host.texts).not.toContain('two');
  });
});
