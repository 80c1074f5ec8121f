import type { RoomLog } from '../room-log.ts';
import type { KnownMember, Rules } from '../rules.ts';
import type { HubChanges } from './changes.ts';

/** The disk as a hub's engine has it. What writes throws when it could not; then nothing was written. */
export interface EngineStore {
  readonly log: EngineLog;
  rules(): Rules;
  /** In no particular order. */
  known(): readonly KnownMember[];
  /** Writes what changed, whole or not at all, where the end of this process cannot take it. */
  commit(changes: HubChanges): void;
  /** Calls `done` once everything committed so far is safe from a power cut too (S7). */
  flush(done: () => void): void;
  /** The same, before it returns. */
  flushNow(): void;
}

export interface EngineLog extends RoomLog {
  /** The seq after the last entry older than `at`, ms since 1970; `first` when there is none. */
  firstSince(at: number): number;
  /** Forgets the entries before `seq`. */
  forgetBefore(seq: number): void;
  /** Begins another log that continues after `last` with nothing in it. */
  reset(epoch: string, last: number): void;
}
