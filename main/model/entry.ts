/** The lines of a room's log. */
import type { ActName } from './act-names.ts';
import type { MemberId } from './member.ts';

/** What every entry has. */
interface EntryHead {
  /** 1 for the first entry of the epoch, then without gaps. */
  readonly seq: number;
  /** ms since 1970 on the hub's clock. */
  readonly at: number;
  /** The id its author chose (S2). */
  readonly id: string;
  readonly from: MemberId;
  /** The author's name at the time; a later rename does not change it (N5). */
  readonly name: string;
  /** ms since 1970 on the author's clock; signed (E2). */
  readonly written: number;
  /** The author's, over what `signedContent` gives (E1). */
  readonly signature: string;
}

/** What was said: one numbered line of the room's log (L1). */
export interface SaidEntry extends EntryHead {
  readonly kind: 'said';
  /** Empty once it was struck. */
  readonly text: string;
  /** Set once somebody removed what it said (M4). */
  readonly struck?: true;
}

/** What the host or a moderator did (M1). */
export interface ActEntry extends EntryHead {
  readonly kind: 'act';
  readonly act: ActName;
  /** Whom or what it concerns: a member's or entry's id, seconds, an access, or nothing (M2). */
  readonly on: string;
  /** What the member it concerns, or the author of what was struck, was called then; else empty. */
  readonly onName: string;
}

/** A durable line of the log. */
export type Entry = SaidEntry | ActEntry;

/** Where a copy of the log ends (L2). */
export interface LogPosition {
  /** Names one life of the log; a different epoch means a different log. */
  readonly epoch: string;
  /** The last entry's number, 0 for an empty log. */
  readonly seq: number;
}

/**
 * Why an entry is not to be taken for its author's: `signature` when it does not hold, `replayed`
 * when the same message stands earlier in the log.
 */
export type Doubt = 'signature' | 'replayed';

/** An entry and what this device thinks of it. */
export type CheckedEntry = Entry & { readonly doubt?: Doubt };
