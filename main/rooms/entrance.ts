/** How somebody means to get into a room, for one attempt: kept nowhere once they are in. */
import type { MemberId } from '../protocol/messages.ts';

export interface Entrance {
  /** In its normal form (K1). */
  readonly passphrase: string | null;
  /** The token of an invitation (K2). */
  readonly invite: string | null;
  /** The key the host must have, when a link says so (I3). */
  readonly hostKey: MemberId | null;
}

/** As one comes in who was in before, or into an open room. */
export const PLAIN_ENTRANCE: Entrance = { passphrase: null, invite: null, hostKey: null };
