/** What somebody in a room may do to others: the same rules as the hub's, so that nothing is offered in vain (M1). */
import type { ActName } from '../main/model/act-names.ts';
import type { MemberId, Role } from '../main/model/member.ts';
import { looksAfter, mayDo, outranks } from '../main/model/roles.ts';
import type { Room } from './room-state.ts';

/** The acts that concern one member. */
export type MemberAct = Extract<
  ActName,
  'remove' | 'ban' | 'lift' | 'mute' | 'unmute' | 'appoint' | 'dismiss'
>;

/** What this person is in the room; null while they are not in it. */
export function ownRole({ roster, you, status }: Room): Role | null {
  if (status.state !== 'here') return null;
  return roster.find((member) => member.id === you)?.role ?? null;
}

/** True while this person is in the room and looks after it. */
export function isCaretaker(room: Room): boolean {
  const role = ownRole(room);
  return role !== null && looksAfter(role);
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
  if (!outranks(role, member.role)) return [];
  const acts: readonly MemberAct[] = [
    member.muted ? 'unmute' : 'mute',
    member.role === 'moderator' ? 'dismiss' : 'appoint',
    'remove',
    'ban',
  ];
  return acts.filter((act) => mayDo(role, act));
}
