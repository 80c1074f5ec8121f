/** What was made here and is not vouched for by the room, in the order it was made, and how it is sent. */
import type { RefusalReason } from '../model/error-codes.ts';
import type { SignedEvent } from '../events/event.ts';
import type { ClientMessage } from '../wire/messages.ts';

/** How many may be on their way at once; the others wait here (B6). */
const SEND_WINDOW = 32;

/** An event that was signed once and is sent until the room has it (S5). */
export interface OutboxItem {
  /** The event's. */
  readonly id: string;
  readonly event: SignedEvent;
  readonly refused: RefusalReason | null;
}

type Post = Extract<ClientMessage, { type: 'post' }>;

export class Outbox {
  #items: readonly OutboxItem[];
  /** Where those stand that are in the log: they stay until a head covers them (L8). */
  readonly #confirmed = new Map<string, number>();
  /** Posted on this connection and not answered yet. */
  readonly #inFlight = new Set<string>();
  /** True while the hub wants nothing said. */
  #isPaused = false;
  /** True until everything on its way is answered and it begins again: nothing is to overtake it (B6). */
  #isDraining = false;

  constructor(items: readonly OutboxItem[]) {
    this.#items = items;
  }

  /** All of it, for the disk. */
  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** What is not in the log, as far as is known. */
  get waiting(): readonly OutboxItem[] {
    return this.#items.filter(({ id }) => !this.#confirmed.has(id));
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** On a new connection everything is sent again (S5). */
  begin(): void {
    this.#inFlight.clear();
    this.#isPaused = false;
    this.#isDraining = false;
  }

  /** The hub wants nothing said for a while; false when that was known. */
  pause(): boolean {
    if (this.#isPaused) return false;
    this.#isPaused = true;
    this.#isDraining = true;
    return true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** What may be sent now, in order; it counts as on its way from here on. */
  takeSendable(): readonly Post[] {
    if (this.#isPaused || (this.#isDraining && this.#inFlight.size > 0)) return [];
    const sendable: Post[] = [];
    for (const { id, event, refused } of this.#items) {
      if (this.#inFlight.size >= SEND_WINDOW) break;
      if (refused || this.#inFlight.has(id) || this.#confirmed.has(id)) continue;
      this.#inFlight.add(id);
      const again = this.#isDraining ? ({ again: true } as const) : {};
      sendable.push({ type: 'post', id, ...again, event: postedOf(event) });
      this.#isDraining = false;
    }
    return sendable;
  }

  /** It was answered, but has to be sent again. */
  land(id: string): void {
    this.#inFlight.delete(id);
  }

  add(item: OutboxItem): void {
    this.#items = [...this.#items, item];
  }

  find(id: string): OutboxItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /** It is in the log there; false when there is none with this id, or that was known. */
  confirm(id: string, seq: number): boolean {
    this.#inFlight.delete(id);
    const isNew = this.find(id) !== undefined && !this.#confirmed.has(id);
    if (isNew) this.#confirmed.set(id, seq);
    return isNew;
  }

  /** A log has nothing of this copy's after there: what stood there is to be sent again (S5). */
  cut(conversation: string, last: number): boolean {
    const lost = this.#items.filter(
      ({ id, event }) =>
        event.conversation === conversation && (this.#confirmed.get(id) ?? 0) > last,
    );
    for (const { id } of lost) this.#confirmed.delete(id);
    return lost.length > 0;
  }

  /** The room vouches for a log up to there; false when nothing here is in it (L8). */
  cover(conversation: string, seq: number): boolean {
    const before = this.#items.length;
    this.#items = this.#items.filter(({ id, event }) => {
      const place = this.#confirmed.get(id);
      const isCovered = event.conversation === conversation && place !== undefined && place <= seq;
      if (isCovered) this.#confirmed.delete(id);
      return !isCovered;
    });
    return this.#items.length < before;
  }

  /** Given up; false when there is none with this id. */
  remove(id: string): boolean {
    this.#inFlight.delete(id);
    this.#confirmed.delete(id);
    const before = this.#items.length;
    this.#items = this.#items.filter((item) => item.id !== id);
    return this.#items.length < before;
  }

  refuse(id: string, refused: RefusalReason): boolean {
    if (!this.find(id) || this.#confirmed.has(id)) return false;
    this.#inFlight.delete(id);
    this.#items = this.#items.map((item) => (item.id === id ? { ...item, refused } : item));
    return true;
  }

  /** Puts a refused one back at the end, as if made now. */
  requeue(id: string): OutboxItem | undefined {
    const item = this.find(id);
    if (!item?.refused) return undefined;
    const again = { ...item, refused: null };
    this.#items = [...this.#items.filter((other) => other.id !== id), again];
    return again;
  }
}

/** An event as it is posted: the room is the connection's. */
export function postedOf(event: SignedEvent): Post['event'] {
  const { room: _, ...posted } = event;
  return posted;
}
