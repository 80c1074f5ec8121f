/** Who gets in (K1-K5), by every kind of room and everything somebody may bring along. */
import { describe, expect, test } from 'vitest';
import { inviteState, judgeAtDoor } from '../../main/hub/door.ts';
import type { DoorVerdict } from '../../main/hub/door.ts';
import { newcomer, OPEN_RULES } from '../../main/hub/rules.ts';
import type { KeptInvite, KnownMember, Rules } from '../../main/hub/rules.ts';
import type { Access } from '../../main/protocol/messages.ts';

const NOW = 1_000;

const INVITE: KeptInvite = {
  id: 'i',
  hash: 'hash',
  createdAt: 0,
  expiresAt: null,
  uses: 0,
  maxUses: null,
  revoked: false,
};

const ADMITTED = newcomer('bo', 'Bo');
const REMOVED: KnownMember = { ...ADMITTED, admitted: false };
const BANNED: KnownMember = { ...REMOVED, ban: { by: 'Ann', at: 1 } };

interface Case {
  readonly rules?: Partial<Rules>;
  readonly known?: KnownMember;
  readonly passphrase?: 'offered' | 'proven' | null;
  readonly inviteHash?: string | null;
}

/** In words: `in`, `prove`, or the refusal. */
function verdict({ rules = {}, known, passphrase = null, inviteHash = null }: Case): string {
  const identity = { member: 'bo', passphrase, inviteHash };
  const door = judgeAtDoor({ ...OPEN_RULES, ...rules }, known, identity, NOW);
  return door.verdict === 'out' ? door.code : door.verdict;
}

const ACCESSES: readonly Access[] = ['open', 'passphrase', 'invite'];
const BRINGS = [
  {},
  { passphrase: 'offered' },
  { passphrase: 'proven' },
  { inviteHash: 'hash' },
  { inviteHash: 'another' },
  { inviteHash: 'hash', passphrase: 'offered' },
] as const;
const EVERY_WAY = ACCESSES.flatMap((access) =>
  [false, true].flatMap((locked) => BRINGS.map((brings) => ({ access, locked, ...brings }))),
);

describe('K1, M3: every kind of room, whatever somebody brings', () => {
  test.for(EVERY_WAY)('%j', ({ access, locked, ...brings }) => {
    const rules = { access, locked, invites: [INVITE] };
    const wantsProof =
      access === 'passphrase' && 'passphrase' in brings && brings.passphrase === 'offered';
    // Whoever is banned stays out.
    expect(verdict({ rules, known: BANNED, ...brings })).toBe('banned');
    expect(verdict({ rules, known: { ...BANNED, admitted: true }, ...brings })).toBe('banned');
    // Whoever was let in once gets in, but the hub has to prove itself to whom that matters.
    expect(verdict({ rules, known: ADMITTED, ...brings })).toBe(wantsProof ? 'prove' : 'in');
    // Whoever was removed is as good as new, and nobody new gets into a locked room.
    const asNew = verdict({ rules, ...brings });
    expect(verdict({ rules, known: REMOVED, ...brings })).toBe(asNew);
    expect(asNew === 'room-locked').toBe(locked);
    if (!locked && wantsProof) expect(asNew).toBe('prove');
  });

  test.for([
    ['open', {}, 'in'],
    ['open', { passphrase: 'offered' }, 'in'],
    ['open', { inviteHash: 'another' }, 'in'],
    ['passphrase', {}, 'passphrase-needed'],
    ['passphrase', { passphrase: 'offered' }, 'prove'],
    ['passphrase', { passphrase: 'proven' }, 'in'],
    ['passphrase', { inviteHash: 'hash' }, 'in'],
    ['passphrase', { inviteHash: 'another' }, 'invite-invalid'],
    ['passphrase', { inviteHash: 'hash', passphrase: 'offered' }, 'prove'],
    ['invite', {}, 'invite-needed'],
    ['invite', { passphrase: 'offered' }, 'invite-needed'],
    // It was proven while the room still had a passphrase.
    ['invite', { passphrase: 'proven' }, 'invite-needed'],
    ['invite', { inviteHash: 'hash' }, 'in'],
    ['invite', { inviteHash: 'another' }, 'invite-invalid'],
  ] as const)('somebody new in a room that is %s, with %j: %s', ([access, brings, expected]) => {
    expect(verdict({ rules: { access, invites: [INVITE] }, ...brings })).toBe(expected);
  });
});

describe('K2: an invitation', () => {
  test.for([
    [{}, 'valid'],
    [{ expiresAt: NOW + 1 }, 'valid'],
    [{ expiresAt: NOW }, 'expired'],
    [{ uses: 99 }, 'valid'],
    [{ uses: 1, maxUses: 2 }, 'valid'],
    [{ uses: 2, maxUses: 2 }, 'used-up'],
    [{ revoked: true }, 'revoked'],
    [{ revoked: true, expiresAt: 0, uses: 2, maxUses: 2 }, 'revoked'],
    [{ expiresAt: 0, uses: 2, maxUses: 2 }, 'expired'],
  ] as const)('%j is %s', ([change, state]) => {
    const invite = { ...INVITE, ...change };
    expect(inviteState(invite, NOW)).toBe(state);
    const rules = { access: 'invite', invites: [invite] } as const;
    const expected = state === 'valid' ? 'in' : `invite-${state}`;
    expect(verdict({ rules, inviteHash: 'hash' })).toBe(expected);
  });

  test('is counted when it let somebody in, and only then', () => {
    const identity = { member: 'bo', passphrase: null, inviteHash: 'hash' } as const;
    const judge = (access: Access, known?: KnownMember): DoorVerdict =>
      judgeAtDoor({ ...OPEN_RULES, access, invites: [INVITE] }, known, identity, NOW);
    expect(judge('invite')).toEqual({ verdict: 'in', invite: { ...INVITE, uses: 1 } });
    expect(judge('invite', ADMITTED)).toEqual({ verdict: 'in', invite: null });
    expect(judge('open')).toEqual({ verdict: 'in', invite: null });
  });
});
