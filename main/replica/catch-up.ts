/** What is missing between the end of a copy and the end of its log, fetched page by page (L4). */
import { PAGE_MAX } from '../protocol/limits.ts';
import type { ClientMessage, Page } from '../wire/messages.ts';

export class CatchUp {
  readonly #conversation: string;
  /** The newest seq heard of; past the copy's end while something is missing. */
  #target = 0;
  /** The request under way, or null. */
  #request: string | null = null;
  /** Where the copy ended when that was asked for. */
  #askedAfter = 0;
  #asked = 0;
  /** False while the hub wants to be asked nothing (B6). */
  #mayAsk = true;

  constructor(conversation: string) {
    this.#conversation = conversation;
  }

  /** A log that ends there; nothing is under way. */
  begin(last: number): void {
    this.#target = last;
    this.#request = null;
  }

  /** The newest seq heard of. */
  get newest(): number {
    return this.#target;
  }

  heardOf(seq: number): void {
    this.#target = Math.max(this.#target, seq);
  }

  pause(): void {
    this.#mayAsk = false;
  }

  resume(): void {
    this.#mayAsk = true;
  }

  /** True when this is the request under way; it is answered now. */
  land(id: string): boolean {
    if (id !== this.#request) return false;
    this.#request = null;
    return true;
  }

  /** What to ask for when the copy ends at `seq`; null when nothing is missing, or not now. */
  next(seq: number): Extract<ClientMessage, { type: 'history' }> | null {
    if (!this.#mayAsk || this.#request !== null || seq >= this.#target) return null;
    this.#asked += 1;
    const id = `catch-up-${this.#asked}-${this.#conversation.slice(0, 8)}`;
    this.#request = id;
    this.#askedAfter = seq;
    return {
      type: 'history',
      id,
      conversation: this.#conversation,
      after: seq,
      limit: PAGE_MAX,
    };
  }

  /** How the page that answered joins up with a copy that ends at `seq`. */
  judge({ after, entries }: Page, seq: number): 'follows' | 'skips' | 'leads-nowhere' {
    const last = entries.at(-1)?.seq ?? after.seq;
    if (after.seq <= seq && last > this.#askedAfter) return 'follows';
    // The room has forgotten what was in between (L9).
    if (after.seq > seq) return 'skips';
    // The hub has nothing that joins up, so stop asking.
    this.#target = seq;
    return 'leads-nowhere';
  }
}
