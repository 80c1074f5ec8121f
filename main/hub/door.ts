/** Who gets in (K1-K5). */
import type { AdmissionRefusal } from '../protocol/messages.ts';
import type { Identity } from './hub-types.ts';
import type { KeptInvite, KnownMember, Rules } from './rules.ts';

/** What becomes of somebody at the door. */
export type DoorVerdict =
  /** `invite` is the one that let them in, now with one more use. */
  | { readonly verdict: 'in'; readonly invite: KeptInvite | null }
  /** They say they know the passphrase: let them prove it. */
  | { readonly verdict: 'prove' }
  | { readonly verdict: 'out'; readonly code: AdmissionRefusal };

/** Judges by the room's rules and what is known of the newcomer; `now` in ms since 1970. */
export function judgeAtDoor(
  rules: Rules,
  known: KnownMember | undefined,
  { inviteHash, passphrase }: Identity,
  now: number,
): DoorVerdict {
  if (known?.ban) return out('banned');
  if (rules.locked && !known?.admitted) return out('room-locked');
  const { access } = rules;
  // Whoever brings the passphrase wants the hub to prove that it knows it too.
  if (access === 'passphrase' && passphrase === 'offered') return { verdict: 'prove' };
  const isProven = access === 'passphrase' && passphrase === 'proven';
  if (known?.admitted || access === 'open' || isProven) return letIn(null);
  if (inviteHash !== null) return judgeInvite(rules.invites, inviteHash, now);
  return out(access === 'invite' ? 'invite-needed' : 'passphrase-needed');
}

/** How an invitation stands at a time in ms since 1970 (K2). */
export function inviteState(
  invite: KeptInvite,
  now: number,
): 'valid' | 'expired' | 'used-up' | 'revoked' {
  if (invite.revoked) return 'revoked';
  if (invite.expiresAt !== null && now >= invite.expiresAt) return 'expired';
  return invite.maxUses !== null && invite.uses >= invite.maxUses ? 'used-up' : 'valid';
}

function judgeInvite(invites: readonly KeptInvite[], hash: string, now: number): DoorVerdict {
  const invite = invites.find((each) => each.hash === hash);
  if (!invite) return out('invite-invalid');
  const state = inviteState(invite, now);
  return state === 'valid' ? letIn({ ...invite, uses: invite.uses + 1 }) : out(`invite-${state}`);
}

function letIn(invite: KeptInvite | null): DoorVerdict {
  return { verdict: 'in', invite };
}

function out(code: AdmissionRefusal): DoorVerdict {
  return { verdict: 'out', code };
}
