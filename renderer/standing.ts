/** What somebody in a room may do to others: the same rules as the hub's, so that nothing is offered in vain (M1). */
import type { ActName, MemberId, Role } from '../preload/contract.ts';
import type { Room } from './room-state.ts';

/** The acts that concern one member. */
export type MemberAct = Extract<
  ActName,
  'remove' | 'ban' | 'lift' | 'mute' | 'unmute' | 'appoint' | 'dismiss'
>;

const RANKS: Readonly<Record<Role, number>> = { host: 2, moderator: 1, member: 0 };

/** What this person is in the room; null while they are not in it. */
export function ownRole({ roster, you, status }: Room): Role | null {
  if (status.state !== 'here') return null;
  return roster.find((member) => member.id === you)?.role ?? null;
}

/** True for the host and moderators. */
export function looksAfter(role: Role | null): boolean {
  return role !== null && RANKS[role] > 0;
}

/**
 * What this person may do to that one, in the order in which it is offered. Of somebody who is not
 * here `banned` has to be known; null while it is not.
 */
export function actsOn(room: Room, id: MemberId, banned: boolean | null): readonly MemberAct[] {
  const role = ownRole(room);
  if (role === null || !looksAfter(role)) return [];
  const member = room.roster.find((one) => one.id === id);
  if (member === undefined) return banned === null ? [] : [banned ? 'lift' : 'ban'];
  if (RANKS[member.role] >= RANKS[role]) return [];
  const acts: MemberAct[] = [member.muted ? 'unmute' : 'mute'];
  if (role === 'host') acts.push(member.role === 'moderator' ? 'dismiss' : 'appoint');
  return [...acts, 'remove', 'ban'];
}
