import type { Body, Reference } from '../events/event.ts';
import type { Doubt } from '../model/entry.ts';

/** Where a log stands: its last item, and the chain's link after it. */
export interface Place {
  /** 0 before there was an item. */
  readonly seq: number;
  /** Empty before there was an item. */
  readonly link: string;
}

/** A place in a conversation's log (L1). */
export interface Position {
  /** The id of the epoch it is in (L2). */
  readonly epoch: string;
  readonly seq: number;
}

/** An item of a conversation's log as a frame has it; what follows from it a reader computes. */
export interface ReceivedEntry {
  readonly epoch: string;
  /** Rises within a conversation, from epoch to epoch too, and may have holes. */
  readonly seq: number;
  /** ms since 1970 on the clock of the host that confirmed it. */
  readonly at: number;
  /** Where it was first confirmed, when that was in another log; null otherwise. */
  readonly origin: Position | null;
  /** The policy log's link it was judged under; empty before there was one (L7). */
  readonly policy: string;
  readonly kind: string;
  readonly person: string;
  readonly device: string;
  /** The author's name at the time, as the host knew it (N5). */
  readonly name: string;
  /** ms since 1970 on the author's clock (E1). */
  readonly written: number;
  readonly references: readonly Reference[];
  readonly body: Body;
  readonly signature: string;
}

/** An item of a conversation's log (L1). */
export interface Entry extends ReceivedEntry {
  readonly conversation: string;
  /** The hash of its signed content (E3). */
  readonly id: string;
  /** The chain's link after it (L5). */
  readonly link: string;
}

/** An item and why it is not to be taken for its author's, if it is not (E1). */
export interface CheckedEntry extends Entry {
  readonly doubt?: Doubt;
}

/** Earlier in the log first. */
export function byPlace(a: Entry, b: Entry): number {
  return a.seq - b.seq || (a.id < b.id ? -1 : 1);
}

/** An origin as it stands in the chain: empty for none. */
export function originText(origin: Position | null): string {
  return origin === null ? '' : `${origin.epoch} ${origin.seq}`;
}
