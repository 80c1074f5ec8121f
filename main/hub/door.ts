/** Who gets in (K1-K5). */
import { bodyOf } from '../events/kind.ts';
import { invitation } from '../events/invitation.ts';
import type { AdmissionRefusal } from '../model/error-codes.ts';
import type { Policy } from '../policy/policy.ts';
import type { Entry } from '../timeline/entry.ts';
import type { Identity } from './hub-types.ts';
import type { InviteUse, KnownMember } from './rules.ts';

/** What becomes of a newcomer at the door. */
export type DoorVerdict =
  /** `use` is of the invitation that let them in, with one more. */
  | { readonly verdict: 'in'; readonly use: InviteUse | null }
  /** They say they know the passphrase: let them prove it. */
  | { readonly verdict: 'prove' }
  | { readonly verdict: 'out'; readonly code: AdmissionRefusal };

/** An invitation as the door knows it. */
export interface KnownInvitation {
  readonly entry: Entry;
  readonly uses: number;
  readonly isRevoked: boolean;
}

export interface DoorContext {
  readonly policy: Policy;
  readonly known: KnownMember | undefined;
  readonly invitations: () => readonly KnownInvitation[];
  /** ms since 1970. */
  readonly now: number;
}

/** Judges by what holds in the room and what is known of the newcomer. */
export function judgeAtDoor(
  { member, inviteHash, passphrase }: Identity,
  { policy, known, invitations, now }: DoorContext,
): DoorVerdict {
  if (policy.banOf(member)) return out('banned');
  const { access, locked } = policy.settings;
  if (locked && !known?.admitted) return out('room-locked');
  // A newcomer who brings the passphrase wants the hub to prove that it knows it too.
  if (access === 'passphrase' && passphrase === 'offered') return { verdict: 'prove' };
  const isProven = access === 'passphrase' && passphrase === 'proven';
  if (known?.admitted || access === 'open' || isProven) return { verdict: 'in', use: null };
  if (inviteHash !== null) return judgeInvitation(invitations(), inviteHash, now);
  return out(access === 'invite' ? 'invite-needed' : 'passphrase-needed');
}

/** An invitation as its room's host may see it. Times in ms since 1970. */
export interface InvitationSummary {
  /** The act's that made it. */
  readonly id: string;
  readonly createdAt: number;
  /** Null for one that lasts until it is revoked. */
  readonly expiresAt: number | null;
  /** How many keys it let in. */
  readonly uses: number;
  /** Null for any number. */
  readonly maxUses: number | null;
  readonly revoked: boolean;
}

export function summaryOf({ entry, uses, isRevoked }: KnownInvitation): InvitationSummary {
  const made = bodyOf(invitation, entry);
  return {
    id: entry.id,
    createdAt: entry.at,
    expiresAt: made?.expiresAt ?? null,
    uses,
    maxUses: made?.maxUses ?? null,
    revoked: isRevoked || made === null,
  };
}

/** How an invitation stands at a time in ms since 1970 (K2). */
export function invitationState(
  { expiresAt, uses, maxUses, revoked }: InvitationSummary,
  now: number,
): 'valid' | 'expired' | 'used-up' | 'revoked' {
  if (revoked) return 'revoked';
  if (expiresAt !== null && now >= expiresAt) return 'expired';
  return maxUses !== null && uses >= maxUses ? 'used-up' : 'valid';
}

function judgeInvitation(
  invitations: readonly KnownInvitation[],
  hash: string,
  now: number,
): DoorVerdict {
  const shown = invitations.find(({ entry }) => bodyOf(invitation, entry)?.hash === hash);
  if (!shown) return out('invite-invalid');
  const state = invitationState(summaryOf(shown), now);
  if (state !== 'valid') return out(`invite-${state}`);
  return { verdict: 'in', use: { invitation: shown.entry.id, uses: shown.uses + 1 } };
}

function out(code: AdmissionRefusal): DoorVerdict {
  return { verdict: 'out', code };
}
