/** What a person sees of a room's log, line by line. */
import type { ActName } from './act-names.ts';
import type { MemberId } from './member.ts';

/** What every line has. */
interface EntryHead {
  /** Where it stands: what was said at whole numbers, what was done in the room between them. */
  readonly seq: number;
  /** ms since 1970 on the hub's clock. */
  readonly at: number;
  /** The event's (E3). */
  readonly id: string;
  readonly from: MemberId;
  /** The author's name at the time; a later rename does not change it (N5). */
  readonly name: string;
  /** ms since 1970 on the author's clock; signed (E1). */
  readonly written: number;
}

/** What was said: one numbered line of the room's log (L1). */
export interface SaidEntry extends EntryHead {
  readonly kind: 'said';
  /** Empty once it was redacted. */
  readonly text: string;
  /** Set once what it said was removed (M4). */
  readonly redacted?: true;
  /** When its author changed it last: ms since 1970 on the hub's clock. */
  readonly editedAt?: number;
  /** The message it answers, as far as this device has it. */
  readonly answers?: { readonly id: string; readonly name: string; readonly text: string };
  readonly reactions?: readonly Reaction[];
  readonly pinned?: true;
  /** Set where this Lanyard does not know the kind; `text` is its author's own words for that, or empty. */
  readonly unknown?: true;
}

/** What people feel about a message, by emoji. */
export interface Reaction {
  readonly emoji: string;
  /** Who, in the order they did it. */
  readonly names: readonly string[];
  /** The id of this person's own, by which it is taken back; null for none. */
  readonly mine: string | null;
}

/** What the host or a moderator did (M1). */
export interface ActEntry extends EntryHead {
  readonly kind: 'act';
  readonly act: ActName;
  /** Whom or what it concerns: a member's or entry's id, seconds, an access, or nothing (M2). */
  readonly on: string;
  /** What the member it concerns, or the author of what was redacted, was called then; else empty. */
  readonly onName: string;
}

/** A durable line of the log. */
export type Entry = SaidEntry | ActEntry;

/**
 * Why an entry is not to be taken for its author's: `signature` when it does not hold, `replayed`
 * when the same message stands earlier in the log.
 */
export type Doubt = 'signature' | 'replayed';

/** An entry and what this device thinks of it. */
export type CheckedEntry = Entry & { readonly doubt?: Doubt };
