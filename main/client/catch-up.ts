/** What is missing between the end of a copy and the end of the log, fetched page by page (L4). */
import { PAGE_MAX } from '../protocol/limits.ts';
import type { ClientMessage, Entry } from '../protocol/messages.ts';

export class CatchUp {
  /** The newest seq heard of; past the copy's end while something is missing. */
  #target = 0;
  /** The request under way, or null. */
  #request: string | null = null;
  /** What it asked for comes after this; some of it may come by itself meanwhile. */
  #after = 0;
  #asked = 0;
  /** False while the hub wants to be asked nothing (B6). */
  #mayAsk = true;

  /** A log that ends there; nothing is under way. */
  begin(last: number): void {
    this.#target = last;
    this.#request = null;
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
    this.#request = `catch-up-${this.#asked}`;
    this.#after = seq;
    return { type: 'history', id: this.#request, after: seq, limit: PAGE_MAX };
  }

  /** How the page that answered joins up with a copy that ends at `seq`. */
  judge(page: readonly Entry[], seq: number): 'follows' | 'skips' | 'leads-nowhere' {
    if (page[0]?.seq === this.#after + 1) return 'follows';
    // The room has forgotten what was in between (L5).
    if ((page.at(-1)?.seq ?? this.#target) > seq) return 'skips';
    // The hub has nothing that joins up, so stop asking.
    this.#target = seq;
    return 'leads-nowhere';
  }

  /** Where the log ends as far as is known. */
  get target(): number {
    return this.#target;
  }
}
