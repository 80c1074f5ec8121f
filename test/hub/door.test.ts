/** Who gets in (K1-K5), by every kind of room and everything somebody may bring along. */
import { describe, expect, test } from 'vitest';
import { invitationState, summaryOf, judgeAtDoor } from '../../main/hub/door.ts';
import type { DoorVerdict, KnownInvitation } from '../../main/hub/door.ts';
import type { KnownMember } from '../../main/hub/rules.ts';
import { ACCESSES } from '../../main/model/accesses.ts';
import type { Access } from '../../main/model/accesses.ts';
import { Policy } from '../../main/policy/policy.ts';
import { entryAt } from '../timeline/entries.ts';
import { actOf, FOUNDER, moderate } from '../policy/acts.ts';

const NOW = 1_000;
const HASH = 'h'.repeat(43);

interface Invited {
  readonly expiresAt?: number;
  readonly maxUses?: number;
  readonly uses?: number;
  readonly isRevoked?: boolean;
}

function invited({ uses = 0, isRevoked = false, ...bounds }: Invited = {}): KnownInvitation {
  const body = { hash: HASH, expiresAt: null, maxUses: null, ...bounds };
  return { entry: entryAt(1, { kind: 'act/invitation', body }), uses, isRevoked };
}

const ADMITTED: KnownMember = { id: 'bo', name: 'Bo', admitted: true };
const REMOVED: KnownMember = { ...ADMITTED, admitted: false };

/** What holds in a room of this kind. */
function policyOf(access: Access, locked: boolean, isBanned: boolean): Policy {
  const policy = new Policy(FOUNDER, () => true);
  if (access === 'passphrase') policy.apply(actOf(FOUNDER, 'p', { do: 'passphrase' }));
  else policy.apply(actOf(FOUNDER, 'a', { do: 'set', settings: { access } }));
  policy.apply(actOf(FOUNDER, 'l', { do: 'set', settings: { locked } }));
  if (isBanned) policy.apply(actOf(FOUNDER, 'b', moderate('ban', 'bo')));
  return policy;
}

interface Case {
  readonly access?: Access;
  readonly locked?: boolean;
  readonly isBanned?: boolean;
  readonly known?: KnownMember;
  readonly invitation?: KnownInvitation;
  readonly passphrase?: 'offered' | 'proven' | null;
  readonly inviteHash?: string | null;
}

function judge(given: Case): DoorVerdict {
  const { access = 'open', locked = false, isBanned = false, invitation = invited() } = given;
  const { known, passphrase = null, inviteHash = null } = given;
  const policy = policyOf(access, locked, isBanned);
  const identity = { member: 'bo', passphrase, inviteHash };
  return judgeAtDoor(identity, { policy, known, invitations: () => [invitation], now: NOW });
}

/** In words: `in`, `prove`, or the refusal. */
function verdict(given: Case): string {
  const door = judge(given);
  return door.verdict === 'out' ? door.code : door.verdict;
}

const BRINGS = [
  {},
  { passphrase: 'offered' },
  { passphrase: 'proven' },
  { inviteHash: HASH },
  { inviteHash: 'another' },
  { inviteHash: HASH, passphrase: 'offered' },
] as const;
const EVERY_WAY = ACCESSES.flatMap((access) =>
  [false, true].flatMap((locked) => BRINGS.map((brings) => ({ access, locked, ...brings }))),
);

describe('K1, M3: every kind of room, whatever somebody brings', () => {
  test.for(EVERY_WAY)('%j', (given) => {
    const { access, locked } = given;
    const wantsProof =
      access === 'passphrase' && 'passphrase' in given && given.passphrase === 'offered';
    // Who is banned stays out.
    expect(verdict({ ...given, isBanned: true, known: REMOVED })).toBe('banned');
    expect(verdict({ ...given, isBanned: true, known: ADMITTED })).toBe('banned');
    // Who was let in once gets in, but the hub has to prove itself to those whom that matters to.
    expect(verdict({ ...given, known: ADMITTED })).toBe(wantsProof ? 'prove' : 'in');
    // Who was removed is as good as new, and nobody new gets into a locked room.
    const asNew = verdict(given);
    expect(verdict({ ...given, known: REMOVED })).toBe(asNew);
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
    ['passphrase', { inviteHash: HASH }, 'in'],
    ['passphrase', { inviteHash: 'another' }, 'invite-invalid'],
    ['passphrase', { inviteHash: HASH, passphrase: 'offered' }, 'prove'],
    ['invite', {}, 'invite-needed'],
    ['invite', { passphrase: 'offered' }, 'invite-needed'],
    // It was proven while the room still had a passphrase.
    ['invite', { passphrase: 'proven' }, 'invite-needed'],
    ['invite', { inviteHash: HASH }, 'in'],
    ['invite', { inviteHash: 'another' }, 'invite-invalid'],
  ] as const)('somebody new in a room that is %s, with %j: %s', ([access, brings, expected]) => {
    expect(verdict({ access, ...brings })).toBe(expected);
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
    [{ isRevoked: true }, 'revoked'],
    [{ isRevoked: true, expiresAt: 0, uses: 2, maxUses: 2 }, 'revoked'],
    [{ expiresAt: 0, uses: 2, maxUses: 2 }, 'expired'],
  ] as const)('%j is %s', ([change, state]) => {
    const invitation = invited(change);
    expect(invitationState(summaryOf(invitation), NOW)).toBe(state);
    const expected = state === 'valid' ? 'in' : `invite-${state}`;
    expect(verdict({ access: 'invite', invitation, inviteHash: HASH })).toBe(expected);
  });

  test('is counted when it let somebody in, and only then', () => {
    const use = { invitation: invited().entry.id, uses: 1 };
    const brings = { inviteHash: HASH } as const;
    expect(judge({ access: 'invite', ...brings })).toEqual({ verdict: 'in', use });
    const asKnown = judge({ access: 'invite', known: ADMITTED, ...brings });
    expect(asKnown).toEqual({ verdict: 'in', use: null });
    expect(judge(brings)).toEqual({ verdict: 'in', use: null });
  });
});
