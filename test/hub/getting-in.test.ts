/** Getting in and back in, through a whole hub (K1-K5, I1, N4). */
import { describe, expect, test } from 'vitest';
import type { KeptInvite } from '../../main/hub/rules.ts';
import { HOST_CONNECTION, TriedHub } from './tried-hub.ts';

function invite(id: string, change: Partial<KeptInvite> = {}): KeptInvite {
  const fresh = { createdAt: 0, expiresAt: null, uses: 0, maxUses: null, revoked: false };
  return { id, hash: `hash of ${id}`, ...fresh, ...change };
}

test('K1, K5: who is turned away learns why and nothing else, and nobody hears of it', () => {
  const hub = new TriedHub({ rules: { access: 'invite' } });
  hub.populate();
  hub.hello(1, 'Ann');
  expect(hub.take(1)).toEqual([{ type: 'refused', code: 'invite-needed' }]);
  expect(hub.closedBecause(1)).toBe('not-admitted');
  expect(hub.take(HOST_CONNECTION)).toEqual([]);
  hub.say(1, 'anyway');
  expect(hub.log.last).toBe(0);
});

test('K1: the host gets into its own room, whatever the rules', () => {
  const hub = new TriedHub({ rules: { access: 'invite', locked: true } });
  expect(hub.join(HOST_CONNECTION, 'Host').roster).toMatchObject([{ role: 'host' }]);
});

test('K1: who was let in once gets in again, whatever the access is by then', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.close(1);
  hub.act(HOST_CONNECTION, 'access', 'invite');
  hub.act(HOST_CONNECTION, 'lock');
  hub.join(2, 'Ann', { key: 'key-1' });
  hub.hello(3, 'Bo');
  expect(hub.takeRefusals(3)).toEqual(['room-locked']);
});

test('K1: also after the hub was started again', () => {
  const before = new TriedHub({ rules: { access: 'invite', invites: [invite('i')] } });
  before.join(1, 'Ann', { inviteHash: 'hash of i' });
  const after = new TriedHub({ rules: before.store.rules(), known: before.store.known() });
  expect(after.join(1, 'Ann').you).toBe('key-1');
  expect(after.invites).toMatchObject([{ id: 'i', uses: 1 }]);
});

test('K2: an invitation lets in as many keys as it may, each once', () => {
  const hub = new TriedHub({ rules: { access: 'invite', invites: [invite('i', { maxUses: 2 })] } });
  const inviteHash = 'hash of i';
  hub.join(1, 'Ann', { inviteHash });
  hub.close(1);
  hub.join(2, 'Ann', { key: 'key-1', inviteHash });
  hub.join(3, 'Bo', { inviteHash });
  hub.hello(4, 'Cem', { inviteHash });
  expect(hub.takeRefusals(4)).toEqual(['invite-used-up']);
  expect(hub.invites).toMatchObject([{ uses: 2 }]);
});

test('K2: a revoked one lets nobody in any more; those it let in stay', () => {
  const hub = new TriedHub({ rules: { access: 'invite', invites: [invite('i')] } });
  hub.join(1, 'Ann', { inviteHash: 'hash of i' });
  hub.input({ type: 'set-invite', invite: invite('i', { uses: 1, revoked: true }) });
  hub.hello(2, 'Bo', { inviteHash: 'hash of i' });
  expect(hub.takeRefusals(2)).toEqual(['invite-revoked']);
  expect(hub.closedBecause(1)).toBeUndefined();
});

test('K2: a full room uses no invitation up', () => {
  const rules = { access: 'invite', invites: [invite('i')] } as const;
  const hub = new TriedHub({ capacity: 1, rules });
  hub.populate();
  hub.hello(1, 'Ann', { inviteHash: 'hash of i' });
  expect(hub.takeRefusals(1)).toEqual(['room-full']);
  expect(hub.invites).toMatchObject([{ uses: 0 }]);
});

test('K2: the last 200 invitations are known by name, the one changed last among them', () => {
  const hub = new TriedHub({ rules: { access: 'invite' } });
  for (let n = 0; n < 200; n += 1) hub.input({ type: 'set-invite', invite: invite(`i${n}`) });
  hub.input({ type: 'set-invite', invite: invite('i0', { revoked: true }) });
  hub.input({ type: 'set-invite', invite: invite('i200') });
  expect(hub.invites).toHaveLength(200);
  expect(hub.store.rules().invites).toEqual(hub.invites);
  hub.hello(1, 'Ann', { inviteHash: 'hash of i0' });
  expect(hub.takeRefusals(1)).toEqual(['invite-revoked']);
  hub.hello(2, 'Bo', { inviteHash: 'hash of i1' });
  expect(hub.takeRefusals(2)).toEqual(['invite-invalid']);
});

describe('K3: who brings the passphrase has the hub prove that it knows it', () => {
  const passphrase = 'offered';

  test('whether new, or let in before, or here', () => {
    const hub = new TriedHub({ rules: { access: 'passphrase' } });
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
    const hub = new TriedHub({ rules: { access: 'passphrase', locked: true } });
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
    const after = new TriedHub({ known: before.store.known() });
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
    hub.act(HOST_CONNECTION, 'remove', 'key-1');
    hub.act(HOST_CONNECTION, 'ban', 'key-2');
    expect(hub.join(3, 'Ann').roster.at(-1)?.name).toBe('Ann');
    expect(hub.join(4, 'Bo').roster.at(-1)?.name).toBe('Bo 2');
    // Whoever had it before gets another one now.
    expect(hub.join(5, 'Ann', { key: 'key-1' }).roster.at(-1)?.name).toBe('Ann 2');
  });
});
