import type { KeptEpoch, RoomLog } from '../room-log.ts';
import type { InviteUse, KnownMember } from '../rules.ts';
import type { HubChanges } from './changes.ts';

/** The disk as a hub's engine has it. What writes throws when it could not; then nothing was written. */
export interface EngineStore {
  /** The log of a conversation, with nothing in it before there was something. */
  log(conversation: string): EngineLog;
  /** The oldest first. */
  epochs(): readonly KeptEpoch[];
  addEpoch(epoch: KeptEpoch): void;
  /** In no particular order. */
  known(): readonly KnownMember[];
  inviteUses(): readonly InviteUse[];
  /** Writes what changed, whole or not at all, where the end of this process cannot take it. */
  commit(changes: HubChanges): void;
  /** Calls `done` once everything committed so far is safe from a power cut too (S7). */
  flush(done: () => void): void;
  /** The same, before it returns. */
  flushNow(): void;
}

export interface EngineLog extends RoomLog {
  /** Forgets what was confirmed before `at`, ms since 1970, but for redactions; true when there was something. */
  forgetOlder(at: number): boolean;
}
