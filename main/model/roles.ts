/** Who outranks whom in a room (M1). */
import type { ActName } from './act-names.ts';
import type { Role } from './member.ts';

const RANKS: Readonly<Record<Role, number>> = { host: 2, moderator: 1, member: 0 };

/** True when `role` may act on a person with the role `other`. */
export function outranks(role: Role, other: Role): boolean {
  return RANKS[role] > RANKS[other];
}

/** True for the host and moderators, who look after the room. */
export function looksAfter(role: Role): boolean {
  return outranks(role, 'member');
}

/** Whether people of this role may do such a thing at all; to others only if they outrank them. */
export function mayDo(role: Role, act: ActName): boolean {
  const isHostsOwn = act === 'appoint' || act === 'dismiss' || act === 'access';
  return isHostsOwn ? role === 'host' : looksAfter(role);
}

/** For sorting: the highest role first. */
export function byRole(a: Role, b: Role): number {
  return RANKS[b] - RANKS[a];
}
