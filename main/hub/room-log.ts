import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry } from '../timeline/entry.ts';
import type { EpochRecord } from '../wire/messages.ts';

/** One conversation's log as the hub reads it (L1); what is to be added goes out as an effect. */
export interface RoomLog {
  /** The last item there is. */
  readonly last: ChainEnd;
  /** The last item that is forgotten (L9). */
  readonly floor: ChainEnd;
  /** The item with this id. */
  find(id: string): Entry | null;
  /** True when it has an item with this id, or a redaction of one, which it has forgotten since (X17). */
  has(id: string): boolean;
  /** At most `limit` items with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly Entry[];
  /** The at most `limit` items just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly Entry[];
  /** The items that refer to one of these with `to`, oldest first. */
  relationsTo(ids: readonly string[]): readonly Entry[];
}

/** A life of the room under one host (L2). */
export interface KeptEpoch {
  /** The hash of what its record says. */
  readonly id: string;
  readonly record: EpochRecord;
}
