import type { ChainEnd } from '../timeline/chain.ts';
import type { CheckedEntry, Position } from '../timeline/entry.ts';
import type { OutboxItem } from './outbox.ts';

/**
 * One conversation's copy on this device. Writing throws storage-full, storage-failed, and then
 * nothing of that write is kept.
 */
export interface CopyStore {
  /** The last item; where it is to continue when there is none. */
  readonly end: ChainEnd;
  /** What the first item follows. */
  readonly start: ChainEnd;
  /** The epochs it came through, the newest first, each with the last seq there is of it. */
  ancestry(): readonly Position[];
  /** The first with this id. */
  find(id: string): CheckedEntry | null;
  /** At most `limit` items with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly CheckedEntry[];
  /** The at most `limit` items just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly CheckedEntry[];
  /** The items that refer to one of these with `to`, oldest first. */
  relationsTo(ids: readonly string[]): readonly CheckedEntry[];
  /** Adds what follows the last; `gone` are the ids of what loses its body with it (M4). */
  append(entries: readonly CheckedEntry[], gone: readonly string[]): void;
  /** Adds what precedes the first, from the place on that it follows. */
  prepend(after: ChainEnd, entries: readonly CheckedEntry[], gone: readonly string[]): void;
  /** Drops what is after this. */
  truncate(last: number): void;
  /** Begins anew after this place. */
  reset(after: ChainEnd): void;
  /** Forgets what is up to there, but for redactions (L9). */
  forgetTo(floor: number): void;
}

/** What a member keeps of a room. */
export interface ReplicaStore {
  copy(conversation: string): CopyStore;
  outbox(): readonly OutboxItem[];
  /** Keeps exactly these. */
  saveOutbox(items: readonly OutboxItem[]): void;
}
