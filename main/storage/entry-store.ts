import type { EngineLog } from '../hub/engine/engine-store.ts';
import type { Doubt } from '../model/entry.ts';
import type { Entry, SaidEntry } from '../protocol/messages.ts';

/**
 * One room's log as this device keeps it: the room's own where it is hosted here, otherwise a
 * copy. Entries have no gaps. Writing throws storage-full, storage-failed, and then nothing of
 * that write is kept.
 */
export interface EntryStore extends EngineLog {
  /** What was said with words that match, newest first; `below` continues a search. */
  search(query: string, below: number, limit: number): readonly SaidEntry[];
  /** Adds what follows the newest; all of it or nothing. */
  append(entries: readonly Entry[]): void;
  /** Adds what precedes the oldest; anything that does not join up is ignored. */
  prepend(entries: readonly Entry[]): void;
  /** Takes what it said from the entry with this id; nothing happens when there is none (M4). */
  strike(id: string): void;
  /** Keeps that the entry with this seq is not to be taken for its author's. */
  doubt(seq: number, why: Doubt): void;
  /** What is doubted from one seq to another, both included. */
  doubts(from: number, to: number): ReadonlyMap<number, Doubt>;
  /** Looks anew where it ends: somebody else may write it. */
  refresh(): void;
}
