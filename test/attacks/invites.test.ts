/** K2: invitations that are none any more, or never were. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createInvite, revokeInvite } from '../../main/rooms/care.ts';
import { HOST } from '../support/open-room.ts';
import { inviteWith, openInviteRoom } from '../support/closed-room.ts';
import type { Invitation } from '../support/closed-room.ts';
import { BulletinBoard } from '../support/bulletin-board.ts';
import { Device } from '../support/device.ts';
import { freshIdentity } from '../support/identities.ts';
import { LyingHub } from '../support/lying-hub.ts';
import { connect, join } from '../support/protocol-member.ts';
import type { ConnectAs } from '../support/protocol-member.ts';

/** Somebody new comes with this token. */
async function comeWith(port: number, invite?: string, as: ConnectAs = {}) {
  const member = await connect(port, as);
  member.hello('Guest', invite === undefined ? {} : { invite });
  return member;
}

async function refusalOf(port: number, invite?: string, as?: ConnectAs) {
  const guest = await comeWith(port, invite, as);
  const answer = await guest.turnedAway();
  // Nothing of the room was told before (K1).
  expect(guest.received.map(({ type }) => type)).toEqual(['refused']);
  return answer;
}

/** The founder revokes the room's only invitation. */
async function revokeFirst(port: number) {
  const host = await join(port, 'the host');
  const made = host.entries.find(({ kind }) => kind === 'act/invitation');
  // Its hash is for hosts alone (E7).
  expect(made?.body.state).toBe('withheld');
  const to = { as: 'to', id: made?.id ?? '' };
  const id = host.post('act/revocation', {}, { references: [to, ...host.seen] });
  await host.item(id);
}

const hour = 60 * 60_000;

describe('K2, K5: each gets its own name', () => {
  interface Fate {
    readonly made?: Partial<Invitation>;
    readonly uses?: number;
    readonly isRevoked?: boolean;
  }
  test.for<readonly [string, Fate, string]>([
    ['expired', { made: { expiresAt: Date.now() - 1 } }, 'invite-expired'],
    ['revoked', { isRevoked: true }, 'invite-revoked'],
    ['used up', { made: { maxUses: 3 }, uses: 3 }, 'invite-used-up'],
    ['revoked and expired', { made: { expiresAt: 1 }, isRevoked: true }, 'invite-revoked'],
    ['revoked and used up', { made: { maxUses: 1 }, uses: 1, isRevoked: true }, 'invite-revoked'],
  ])('%s', async ([, { made = {}, uses = 0, isRevoked = false }, code]) => {
    const { token, invite } = inviteWith(made);
    const { port } = await openInviteRoom(invite);
    for (let used = 0; used < uses; used += 1) await (await comeWith(port, token)).welcome();
    if (isRevoked) await revokeFirst(port);
    expect(await refusalOf(port, token)).toEqual({ code, ending: 'not-admitted' });
  });

  test('unknown, cut off, in other letters, its own hash, another room’s, none', async () => {
    const { token, invite } = inviteWith();
    const { port } = await openInviteRoom(invite);
    const wrong = [
      'nobody-made-this',
      token.slice(0, -1),
      `${token}A`,
      invite.hash,
      inviteWith().token,
    ];
    for (const garbled of wrong) {
      expect((await refusalOf(port, garbled)).code).toBe('invite-invalid');
    }
    expect((await refusalOf(port)).code).toBe('invite-needed');
  });

  test('one that expires while its holder waits', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { token, invite } = inviteWith({ expiresAt: Date.now() + hour });
    const { port } = await openInviteRoom(invite);
    await (await comeWith(port, token)).welcome();
    vi.setSystemTime(Date.now() + hour);
    expect((await refusalOf(port, token)).code).toBe('invite-expired');
  });

  test('revoked while somebody knocks', async () => {
    const { token, invite } = inviteWith({ expiresAt: Date.now() + hour });
    const { port } = await openInviteRoom(invite);
    const guest = await connect(port);
    await revokeFirst(port);
    guest.hello('Guest', { invite: token });
    expect((await guest.turnedAway()).code).toBe('invite-revoked');
  });
});

test('K2: ten at once with an invitation for two: two get in, and only they come back', async () => {
  const { token, invite } = inviteWith({ maxUses: 2 });
  const { port } = await openInviteRoom(invite);
  const guests = await Promise.all(Array.from({ length: 10 }, () => comeWith(port, token)));
  const outcomes = await Promise.all(
    guests.map((guest) =>
      guest.waitFor((it) => (it.type === 'welcome' || it.type === 'refused' ? it : undefined)),
    ),
  );
  const isIn = outcomes.map(({ type }) => type === 'welcome');
  expect(isIn.filter(Boolean)).toHaveLength(2);
  for (const outcome of outcomes) {
    if (outcome.type === 'refused') expect(outcome.code).toBe('invite-used-up');
  }
  const admitted = guests.find((_guest, index) => isIn[index]);
  const turnedAway = guests.find((_guest, index) => !isIn[index]);
  if (!admitted || !turnedAway) throw new Error('there are both');
  await (await comeWith(port, undefined, { as: admitted.identity })).welcome();
  const again = await refusalOf(port, token, { as: turnedAway.identity });
  expect(again.code).toBe('invite-used-up');
});

test('K2: an invitation opens no locked room, and lets nobody banned in', async () => {
  const { token, invite } = inviteWith();
  const mallory = freshIdentity();
  const { port } = await openInviteRoom(invite);
  await (await comeWith(port, token, { as: mallory })).welcome();
  const host = await join(port, 'the host');
  host.act('ban', mallory.id);
  await host.actEntry('ban', mallory.id);
  await host.item(host.set({ locked: true }));
  expect((await refusalOf(port, token)).code).toBe('room-locked');
  expect(await refusalOf(port, token, { as: mallory })).toEqual({
    code: 'banned',
    ending: 'banned',
  });
});

async function invited() {
  const host = new Device('Hugo', new BulletinBoard(), { listenAt: '127.0.0.1' });
  const key = await host.rooms.host({ room: 'Lab 3', access: 'invite' });
  return { room: host.rooms.get(key), hosted: host.rooms.hosted(key) };
}

describe('a link that a person clicks', () => {
  test('lets in once, then says what became of it', async () => {
    const { room, hosted } = await invited();
    const { link, invite } = await createInvite(room, hosted, 'day', 1);
    const ann = new Device('Ann');
    const key = await ann.rooms.joinAddress(link, undefined);
    expect(ann.view(key).status.state).toBe('here');
    const late = new Device('Late').rooms.joinAddress(link, undefined);
    await expect(late).rejects.toMatchObject({ code: 'invite-used-up' });
    await revokeInvite(room, hosted, invite.id);
    const later = new Device('Later').rooms.joinAddress(link, undefined);
    await expect(later).rejects.toMatchObject({ code: 'invite-revoked' });
  });

  test('I3: is no good where another key answers, and its token is not shown there', async () => {
    const impostor = await LyingHub.start({ identity: freshIdentity() });
    const { token } = inviteWith();
    const link = `lanyard://${impostor.address}/room-1?key=${HOST.id}&invite=${token}`;
    const joining = new Device('Ann').rooms.joinAddress(link, undefined);
    await expect(joining).rejects.toMatchObject({ code: 'wrong-host' });
    expect(impostor.heard).toEqual([]);
  });

  test('I3: is no good where nobody proves a key, and its token is not shown there', async () => {
    const impostor = await LyingHub.start({ identity: null });
    const { token } = inviteWith();
    const link = `lanyard://${impostor.address}/room-1?key=${HOST.id}&invite=${token}`;
    const joining = new Device('Ann').rooms.joinAddress(link, undefined);
    await expect(joining).rejects.toMatchObject({ code: 'not-a-room' });
    expect(impostor.heard).toEqual([]);
  });

  test('D5: whose key, room or end was cut off is no link at all', async () => {
    const { room, hosted } = await invited();
    const { link } = await createInvite(room, hosted, 'until-revoked', null);
    const garbled = [
      link.replace(/key=[^&]+&/, ''),
      link.slice(0, -20),
      link.replace(/\/[\w-]+\?/, '/?'),
    ];
    for (const wrong of garbled) {
      const joining = new Device('Ann').rooms.joinAddress(wrong, undefined);
      await expect(joining).rejects.toMatchObject({ code: 'address-invalid' });
    }
  });
});
