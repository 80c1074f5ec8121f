/** What the room and its people's keys are called. */
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import type { MemberId } from '../../main/model/member.ts';
import { hash } from './crypto.ts';

/** Person 0 hosts the room. */
export const HOST_KEY = keyOf(0);

const NONCE = 'a-nonce';

/** The room, by what makes it this one. */
export const ROOM = { id: roomIdOf(HOST_KEY, NONCE, hash), founder: HOST_KEY, nonce: NONCE };

/** Where everybody talks. */
export const TALK = firstConversationOf(ROOM.id, hash);

/** A person's device, as everybody knows it. */
export function keyOf(person: number): MemberId {
  return `key-${person}`;
}
