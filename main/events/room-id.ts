import type { Hash } from './event.ts';

/** A room's id: nobody but the founder's key and the nonce can have it (X1). */
export function roomIdOf(founder: string, nonce: string, hash: Hash): string {
  return hash(`lanyard room 2\n${founder}\n${nonce}`);
}

/** The id of a room's first conversation; its policy log has the id of the room (L1). */
export function firstConversationOf(room: string, hash: Hash): string {
  return hash(`lanyard conversation 2\n${room}`);
}
