/** K2, K3, M2, L9: what holds in a room is set by acts that its founder posts like any message. */
import { describe, expect, test } from 'vitest';
import { registerPassphrase } from '../../main/passphrase/passphrase-record.ts';
import { inviteWith, PASSPHRASE } from '../support/closed-room.ts';
import { Device } from '../support/device.ts';
import { openRoom, ROOM_ID, TALK } from '../support/open-room.ts';
import { connect, join } from '../support/protocol-member.ts';
import type { ProtocolMember } from '../support/protocol-member.ts';

async function inhabited() {
  const { port } = await openRoom();
  const host = await join(port, 'the host');
  const ann = await join(port, 'Ann');
  return { port, host, ann };
}

/** The room as this member is told of it once it is another. */
function changed(member: ProtocolMember) {
  return member.waitFor((it) => (it.type === 'room' ? it.room : undefined));
}

async function knock(port: number, more: Parameters<ProtocolMember['hello']>[1] = {}) {
  const guest = await connect(port);
  guest.hello('Guest', more);
  return guest;
}

describe('M2: a setting', () => {
  test.for([
    { name: 'Lab 4' },
    { slowSeconds: 30 },
    { idleMinutes: 10 },
    { remembersDays: 7 },
    { locked: true, access: 'invite' },
  ] as const)('%j is in the log and told to everybody, and to who comes later', async (setting) => {
    const { port, host, ann } = await inhabited();
    const { room } = await ann.welcome();
    const id = host.set(setting);
    expect(await changed(ann)).toEqual({ ...room, ...setting });
    expect((await ann.item(id)).kind).toBe('act/settings');
    ann.crash();
    await host.change('left', 'Ann');
    const again = await join(port, 'Ann');
    expect((await again.welcome()).room).toEqual({ ...room, ...setting });
  });

  test('that changes nothing is in the log, and no news', async () => {
    const { host, ann } = await inhabited();
    await ann.item(host.set({ name: 'Lab 3' }));
    ann.say('done');
    await ann.entry('done');
    expect(ann.received.filter(({ type }) => type === 'room')).toEqual([]);
  });
});

describe('K3, E7: a passphrase', () => {
  test('holds from the act on, whose record nobody is shown', async () => {
    const { port, host, ann } = await inhabited();
    const record = await registerPassphrase(PASSPHRASE);
    const id = host.post('act/passphrase', record, { references: host.seen });
    expect((await changed(ann)).access).toBe('passphrase');
    expect(await (await knock(port)).turnedAway()).toEqual({
      code: 'passphrase-needed',
      ending: 'not-admitted',
    });
    const knowing = new Device('Knowing');
    const key = await knowing.rooms.joinAddress(`127.0.0.1:${port}`, PASSPHRASE);
    await knowing.until(key, ({ entries }) => entries.some((entry) => entry.id === id));
    // Signed and chained all the same.
    expect(knowing.view(key).entries.flatMap(({ doubt }) => doubt ?? [])).toEqual([]);
    const late = await join(port, 'Ann');
    for (const member of [host, ann, late]) {
      expect((await member.item(id)).body.state).toBe('withheld');
      expect(JSON.stringify(member.received)).not.toContain(record.record);
    }
  });

  test('is no more once the room is open again', async () => {
    const { port, host } = await inhabited();
    const record = await registerPassphrase(PASSPHRASE);
    await host.item(host.post('act/passphrase', record, { references: host.seen }));
    await host.item(host.set({ access: 'open' }));
    await (await knock(port)).welcome();
  });
});

test('K2, E7: an invitation lets in until it is revoked; its hash nobody is shown', async () => {
  const { port, host, ann } = await inhabited();
  await host.item(host.set({ access: 'invite' }));
  const { token, invite } = inviteWith();
  const id = host.post('act/invitation', invite, { references: host.seen });
  await ann.item(id);
  await (await knock(port, { invite: token })).welcome();
  expect(JSON.stringify(ann.received)).not.toContain(invite.hash);
  const references = [{ as: 'to', id }, ...host.seen];
  await ann.item(host.post('act/revocation', {}, { references }));
  expect((await (await knock(port, { invite: token })).turnedAway()).code).toBe('invite-revoked');
});

test('L9: clearing forgets what was said, in the room and in every copy, and no act', async () => {
  const { port, host, ann } = await inhabited();
  const reader = new Device('Reader');
  const key = await reader.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
  ann.say('one');
  ann.say('two');
  await reader.untilSaid(key, 'two');
  host.post('act/clear', {}, { references: host.seen });
  const floor = await ann.waitFor((it) => (it.type === 'floor' ? it : undefined));
  expect(floor).toMatchObject({ conversation: TALK, floor: { seq: 2 } });
  await reader.until(key, ({ entries }) => entries.length === 0);
  ann.say('three');
  const { entries } = await reader.untilSaid(key, 'three');
  expect(entries.flatMap((entry) => (entry.kind === 'said' ? entry.text : []))).toEqual(['three']);
  const late = await join(port, 'Late');
  const heard = late.entries.map(({ kind, text }) => text ?? kind);
  expect(heard).toEqual(['act/settings', 'act/clear', 'three']);
  // What the late one cannot ask for either.
  late.send({ type: 'history', id: 'h', conversation: TALK, before: 3, limit: 10 });
  const page = await late.waitFor((it) => (it.type === 'page' ? it : undefined));
  expect(page).toMatchObject({ entries: [], more: false, after: { seq: 2 } });
  late.send({ type: 'history', id: 'acts', conversation: ROOM_ID, after: 0, limit: 10 });
  const acts = await late.waitFor((it) =>
    it.type === 'page' && it.id === 'acts' ? it.entries : undefined,
  );
  expect(acts.map(({ kind }) => kind)).toEqual(['act/settings', 'act/clear']);
});

test('L9: a room that remembers nothing forgets what is there', async () => {
  const { port, host, ann } = await inhabited();
  ann.say('one');
  await host.entry('one');
  host.set({ remembersDays: 0 });
  expect((await changed(ann)).remembersDays).toBe(0);
  const late = await join(port, 'Late');
  expect(late.entries.flatMap(({ text }) => text ?? [])).toEqual([]);
});
