import type { Body, Reference } from '../events/event.ts';

/** An event with its place in a conversation's log (L1). */
export interface Entry {
  /** The hash of its signed content (E3). */
  readonly id: string;
  readonly conversation: string;
  /** The id of the epoch it was confirmed in (L2). */
  readonly epoch: string;
  /** Rises within a conversation, from epoch to epoch too, and may have holes. */
  readonly seq: number;
  /** ms since 1970 on the clock of the host that confirmed it. */
  readonly at: number;
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
  /** Where it was first confirmed, when that was in another log; null otherwise. */
  readonly origin: { readonly epoch: string; readonly seq: number } | null;
  /** The last entry of the policy log it was judged under; 0 before there was one (L7). */
  readonly under: number;
}

/** Earlier in the log first. */
export function byPlace(a: Entry, b: Entry): number {
  return a.seq - b.seq || (a.id < b.id ? -1 : 1);
}
