import type { Entry, Unread } from '../../preload/contract.ts';

/** The newest entries a window is given at once; it asks for older ones (`entriesBefore`). */
const SHOWN_AT_ONCE = 200;

/** This device's copy of a room's log: without gaps, up to where the hub has told. */
export class RoomCopy {
  #entries: Entry[] = [];
  #unread: { readonly seq: number; readonly mention: boolean }[] = [];

  /** The newest entry's seq, 0 when there is none. */
  get last(): number {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  /** The oldest entry's seq, 1 when there is none. */
  get first(): number {
    return this.#entries[0]?.seq ?? 1;
  }

  /** Starts anew with these; what is there when one comes in counts as read. */
  reset(entries: readonly Entry[]): void {
    this.#entries = [...entries];
    this.#unread = [];
  }

  /** Adds what follows the newest. */
  append(entries: readonly Entry[]): void {
    this.#entries.push(...entries);
  }

  /** Adds what precedes the oldest; anything that does not join up is ignored. */
  prepend(entries: readonly Entry[]): void {
    if (entries.at(-1)?.seq === this.first - 1) this.#entries = [...entries, ...this.#entries];
  }

  /** The newest entries, oldest first. */
  newest(): readonly Entry[] {
    return this.#entries.slice(-SHOWN_AT_ONCE);
  }

  /** At most `limit` entries just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly Entry[] {
    const end = Math.min(Math.max(seq - this.first, 0), this.#entries.length);
    return this.#entries.slice(Math.max(end - limit, 0), end);
  }

  /** Somebody else said this one; it counts until it is read. */
  addUnread(seq: number, mention: boolean): void {
    this.#unread.push({ seq, mention });
  }

  /** Everything up to `seq` has been seen. */
  markRead(seq: number): void {
    this.#unread = this.#unread.filter((entry) => entry.seq > seq);
  }

  get unread(): Unread {
    const named = this.#unread.filter(({ mention }) => mention).length;
    return { count: this.#unread.length, mentions: named };
  }
}
