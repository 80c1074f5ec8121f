/** What the room and its people's keys are called. */
import type { MemberId } from '../../main/protocol/messages.ts';

export const ROOM_ID = 'room-1';

/** Person 0 hosts the room. */
export const HOST_KEY = keyOf(0);

/** A person's device, as everybody knows it. */
export function keyOf(person: number): MemberId {
  return `key-${person}`;
}
