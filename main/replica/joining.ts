/** What a welcome must hold before it is believed, and how its logs join up with copies of them. */
import { roomIdOf } from '../events/room-id.ts';
import type { Hash, Verify } from '../events/event.ts';
import { epochContent } from '../timeline/chain.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { LogState, Welcome } from '../wire/messages.ts';

/**
 * The epoch a welcome opens; null when its room is not the founder's, or the host has no right to
 * write in it (X1, X2, L2).
 */
export function epochOf({ room, epoch }: Welcome, hash: Hash, verify: Verify): string | null {
  if (room.id !== roomIdOf(room.founder, room.nonce, hash) || epoch.room !== room.id) return null;
  if (epoch.writer !== room.founder) return null;
  const text = epochContent(epoch, hash);
  return verify(epoch.writer, text, epoch.signature) ? hash(text) : null;
}

/** What becomes of a copy that ends there. */
export type Joining =
  /** It goes on; what it has after `keep` goes first. */
  | { readonly join: 'goes-on'; readonly keep: number }
  /** It begins anew after this. */
  | { readonly join: 'begins'; readonly after: ChainEnd };

/** How a copy joins up with the log that a welcome tells of (W5). */
export function joinUp(end: ChainEnd | null, { common, floor, after }: LogState): Joining {
  if (end === null || common === null || common.seq < floor.seq) return { join: 'begins', after };
  const keep = Math.min(end.seq, common.seq);
  // A hub may send anything: what does not follow the copy is no continuation of it.
  return after.seq === keep || keep === end.seq
    ? { join: 'goes-on', keep }
    : { join: 'begins', after };
}
