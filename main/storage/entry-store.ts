import type { Doubt } from '../../preload/contract.ts';
import type { RoomLog } from '../hub/room-log.ts';
import type { Entry, SaidEntry } from '../protocol/messages.ts';

/**
 * One room's log as this device keeps it: the room's own where it is hosted here, otherwise a
 * copy. Entries have no gaps. Writing throws storage-full, storage-failed, and then nothing of
 * that write is kept.
 */
export interface EntryStore extends RoomLog {
  /** What was said with words that match, newest first; `below` continues a search. */
  search(query: string, below: number, limit: number): readonly SaidEntry[];
  /** Adds what follows the newest; all of it or nothing. */
  append(entries: readonly Entry[]): void;
  /** Adds what precedes the oldest; anything that does not join up is ignored. */
  prepend(entries: readonly Entry[]): void;
  /** The seq after the last entry older than `at`, ms since 1970; `first` when there is none. */
  firstSince(at: number): number;
  /** Forgets the entries before `seq`. */
  forgetBefore(seq: number): void;
  /** Takes what it said from the entry with this id; nothing happens when there is none (M4). */
  strike(id: string): void;
  /** Keeps that the entry with this seq is not to be taken for its author's. */
  doubt(seq: number, why: Doubt): void;
  /** What is doubted from one seq to another, both included. */
  doubts(from: number, to: number): ReadonlyMap<number, Doubt>;
  /** Looks anew where it ends: somebody else may write it. */
  refresh(): void;
  /** Begins another log that continues after `last` with nothing in it. */
  reset(epoch: string, last: number): void;
}
