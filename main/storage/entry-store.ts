import type { RoomLog } from '../hub/room-log.ts';
import type { Entry } from '../protocol/messages.ts';

/**
 * One room's log as this device keeps it: the room's own where it is hosted here, otherwise a
 * copy. Entries have no gaps. Writing throws storage-full, storage-failed, and then nothing of
 * that write is kept.
 */
export interface EntryStore extends RoomLog {
  /** Entries whose words match, newest first; `below` continues a search. */
  search(query: string, below: number, limit: number): readonly Entry[];
  /** Adds what follows the newest; all of it or nothing. */
  append(entries: readonly Entry[]): void;
  /** Adds what precedes the oldest; anything that does not join up is ignored. */
  prepend(entries: readonly Entry[]): void;
  /** The seq after the last entry older than `at`, ms since 1970; `first` when there is none. */
  firstSince(at: number): number;
  /** Forgets the entries before `seq`. */
  forgetBefore(seq: number): void;
  /** Begins another log that continues after `last` with nothing in it. */
  reset(epoch: string, last: number): void;
}
