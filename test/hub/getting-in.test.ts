/** Getting in and back in, through a whole hub (K1-K5, I1, N4). */
import { describe, expect, test } from 'vitest';
import { passphrase as passphraseKind } from '../../main/events/passphrase.ts';
import { revocation } from '../../main/events/invitation.ts';
import { hash } from '../simulation/crypto.ts';
import { HOST_CONNECTION, inviting, setting, TriedHub } from './tried-hub.ts';

/** What an invitation's token has for a hash, and another one's. */
const inviteHash = hash('a token');
const otherHash = hash('another token');

const INVITE_ONLY = setting({ access: 'invite' });
const WITH_PASSPHRASE = { kind: passphraseKind.name, content: { setup: 's', record: 'r' } };

test('K1, K5: who is turned away learns why and nothing else, and nobody hears of it', () => {
  const hub = new TriedHub({ acts: [INVITE_ONLY] });
  hub.populate();
  hub.hello(1, 'Ann');
  expect(hub.take(1)).toEqual([{ type: 'refused', code: 'invite-needed' }]);
  expect(hub.closedBecause(1)).toBe('not-admitted');
  expect(hub.take(HOST_CONNECTION)).toEqual([]);
  hub.say(1, 'anyway');
  expect(hub.log.last.seq).toBe(0);
});

test('K1: the host gets into its own room, whatever the rules', () => {
  const hub = new TriedHub({ acts: [setting({ access: 'invite', locked: true })] });
  expect(hub.join(HOST_CONNECTION, 'Host').roster).toMatchObject([{ role: 'host' }]);
});

test('K1: who was let in once gets in again, whatever the access is by then', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.close(1);
  hub.set(HOST_CONNECTION, { access: 'invite', locked: true });
  hub.join(2, 'Ann', { key: 'key-1' });
  hub.hello(3, 'Bo');
  expect(hub.takeRefusals(3)).toEqual(['room-locked']);
});

test('K1: also after the hub was started again', () => {
  const before = new TriedHub({ acts: [INVITE_ONLY, inviting(inviteHash)] });
  before.join(1, 'Ann', { inviteHash });
  const after = new TriedHub({ store: before.store });
  expect(after.join(1, 'Ann').you).toBe('key-1');
  expect(after.invitations).toMatchObject([{ uses: 1 }]);
});

test('K2: an invitation lets in as many keys as it may, each once', () => {
  const hub = new TriedHub({ acts: [INVITE_ONLY, inviting(inviteHash, { maxUses: 2 })] });
  hub.join(1, 'Ann', { inviteHash });
  hub.close(1);
  hub.join(2, 'Ann', { key: 'key-1', inviteHash });
  hub.join(3, 'Bo', { inviteHash });
  hub.hello(4, 'Cem', { inviteHash });
  expect(hub.takeRefusals(4)).toEqual(['invite-used-up']);
  expect(hub.invitations).toMatchObject([{ uses: 2 }]);
});

test('K2: a revoked one lets nobody in any more; those it let in stay', () => {
  const hub = new TriedHub({ acts: [INVITE_ONLY] });
  hub.populate();
  const [id, other] = [inviteHash, otherHash].map((each) =>
    hub.act(HOST_CONNECTION, inviting(each)),
  );
  hub.join(1, 'Ann', { inviteHash });
  const references = [{ as: 'to', id: id ?? '' }];
  hub.act(HOST_CONNECTION, { kind: revocation.name, references });
  hub.hello(2, 'Bo', { inviteHash });
  expect(hub.takeRefusals(2)).toEqual(['invite-revoked']);
  expect(hub.closedBecause(1)).toBeUndefined();
  hub.join(3, 'Cem', { inviteHash: otherHash });
  expect(hub.invitations).toMatchObject([
    { entry: { id }, uses: 1, isRevoked: true },
    { entry: { id: other }, uses: 1, isRevoked: false },
  ]);
  const after = new TriedHub({ store: hub.store });
  after.hello(2, 'Bo', { inviteHash });
  expect(after.takeRefusals(2)).toEqual(['invite-revoked']);
});

test('K2: a full room uses no invitation up', () => {
  const hub = new TriedHub({ capacity: 1, acts: [INVITE_ONLY, inviting(inviteHash)] });
  hub.populate();
  hub.hello(1, 'Ann', { inviteHash });
  expect(hub.takeRefusals(1)).toEqual(['room-full']);
  expect(hub.invitations).toMatchObject([{ uses: 0 }]);
});

test('E7: what an invitation and a passphrase are made of no member is told', () => {
  const hub = new TriedHub({ acts: [WITH_PASSPHRASE, inviting(inviteHash)] });
  hub.join(HOST_CONNECTION, 'Host');
  hub.act(HOST_CONNECTION, inviting(otherHash));
  const [acts] = hub.join(1, 'Ann', { passphrase: 'proven' }).logs;
  hub.send(1, {
    type: 'history',
    id: 'h',
    conversation: acts?.conversation ?? '',
    after: 0,
    limit: 9,
  });
  const told = [acts?.entries, hub.takeEntries(HOST_CONNECTION), hub.take(1)];
  expect(JSON.stringify(told)).not.toContain(inviteHash);
  expect(JSON.stringify(told)).not.toContain(otherHash);
  expect(acts?.entries.map(({ body }) => body.state)).toEqual(['withheld', 'withheld', 'withheld']);
  // The hub itself knows them, also after it was started again.
  const after = new TriedHub({ store: hub.store });
  after.join(2, 'Bo', { inviteHash: otherHash });
  expect(hub.acts.after(0, 9).map(({ body }) => body.state)).toEqual(['whole', 'whole', 'whole']);
});

describe('K3: who brings the passphrase has the hub prove that it knows it', () => {
  const passphrase = 'offered';

  test('whether new, or let in before, or here', () => {
    const hub = new TriedHub({ acts: [WITH_PASSPHRASE] });
    hub.hello(1, 'Ann', { passphrase });
    expect(hub.challenged).toHaveLength(1);
    expect(hub.memberCount).toBe(0);
    hub.join(1, 'Ann', { passphrase: 'proven' });
    hub.hello(2, 'Ann', { key: 'key-1', passphrase });
    expect(hub.challenged).toHaveLength(2);
    expect(hub.closedBecause(1)).toBeUndefined();
    hub.join(2, 'Ann', { key: 'key-1', passphrase: 'proven' });
    expect(hub.closedBecause(1)).toBe('taken-over');
    hub.close(2);
    hub.hello(3, 'Ann', { key: 'key-1', passphrase });
    expect(hub.challenged).toHaveLength(3);
  });

  test('but not in a room without one, nor when it could not get in anyway', () => {
    const hub = new TriedHub({ acts: [WITH_PASSPHRASE, setting({ locked: true })] });
    hub.hello(1, 'Ann', { passphrase });
    expect(hub.takeRefusals(1)).toEqual(['room-locked']);
    const open = new TriedHub();
    open.join(1, 'Ann', { passphrase });
    expect([...hub.challenged, ...open.challenged]).toEqual([]);
  });
});

describe('N4: names of those who are known', () => {
  test('are theirs while they are away', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.close(1);
    expect(hub.join(3, 'ANN').roster.at(-1)?.name).toBe('ANN 2');
    hub.send(2, { type: 'rename', id: 'r', name: 'Ann' });
    expect(hub.takeRefusals(2)).toEqual(['name-taken']);
    expect(hub.join(4, 'Ann', { key: 'key-1' }).roster.at(-1)?.name).toBe('Ann');
  });

  test('also after the hub was started again', () => {
    const before = new TriedHub();
    before.populate('Ann');
    const after = new TriedHub({ store: before.store });
    expect(after.join(2, 'Ann').roster.at(-1)?.name).toBe('Ann 2');
  });

  test('are free once they took another', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    hub.close(1);
    expect(hub.join(3, 'Ann').roster.at(-1)?.name).toBe('Ann');
    expect(hub.join(4, 'Anna').roster.at(-1)?.name).toBe('Anna 2');
  });

  test('are free once they were removed, and stay taken once they were banned', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.moderate(HOST_CONNECTION, 'remove', 'key-1');
    hub.moderate(HOST_CONNECTION, 'ban', 'key-2');
    expect(hub.join(3, 'Ann').roster.at(-1)?.name).toBe('Ann');
    expect(hub.join(4, 'Bo').roster.at(-1)?.name).toBe('Bo 2');
    // Whoever had it before gets another one now.
    expect(hub.join(5, 'Ann', { key: 'key-1' }).roster.at(-1)?.name).toBe('Ann 2');
  });
});
