/** What was typed and is not confirmed yet, in the order it was typed, and how it is sent. */
import type { RefusalReason } from '../model/error-codes.ts';
import type { Unsigned } from './session-types.ts';

/** How many messages may be on their way at once; the others wait here (B6). */
const SEND_WINDOW = 32;

export interface OutboxMessage {
  readonly id: string;
  readonly text: string;
  /** When it was typed, ms since 1970; its author signs it (E2). */
  readonly at: number;
  readonly refused: RefusalReason | null;
}

export class Outbox {
  #messages: readonly OutboxMessage[];
  /** Said on this connection and not answered yet. */
  readonly #inFlight = new Set<string>();
  /** True while the hub wants nothing said. */
  #isPaused = false;
  /** True until everything on its way is answered and it begins again: nothing is to overtake it (B6). */
  #isDraining = false;

  constructor(messages: readonly OutboxMessage[]) {
    this.#messages = messages;
  }

  get messages(): readonly OutboxMessage[] {
    return this.#messages;
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
  takeSendable(): readonly Unsigned[] {
    if (this.#isPaused || (this.#isDraining && this.#inFlight.size > 0)) return [];
    const sendable: Unsigned[] = [];
    for (const { id, text, at, refused } of this.#messages) {
      if (this.#inFlight.size >= SEND_WINDOW) break;
      if (refused || this.#inFlight.has(id)) continue;
      this.#inFlight.add(id);
      const again = this.#isDraining ? ({ again: true } as const) : {};
      sendable.push({ type: 'say', id, ...again, text, written: at });
      this.#isDraining = false;
    }
    return sendable;
  }

  /** It was answered, but has to be said again. */
  land(id: string): void {
    this.#inFlight.delete(id);
  }

  add(id: string, text: string, at: number): void {
    this.#messages = [...this.#messages, { id, text, at, refused: null }];
  }

  find(id: string): OutboxMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /** Confirmed or given up; false when there is none with this id. */
  remove(id: string): boolean {
    this.#inFlight.delete(id);
    const before = this.#messages.length;
    this.#messages = this.#messages.filter((message) => message.id !== id);
    return this.#messages.length < before;
  }

  refuse(id: string, refused: RefusalReason): boolean {
    if (!this.find(id)) return false;
    this.#inFlight.delete(id);
    this.#messages = this.#messages.map((message) =>
      message.id === id ? { ...message, refused } : message,
    );
    return true;
  }

  /** Puts a refused message back at the end, as if typed now. */
  requeue(id: string): OutboxMessage | undefined {
    const message = this.find(id);
    if (!message?.refused) return undefined;
    const again = { ...message, refused: null };
    this.#messages = [...this.#messages.filter((other) => other.id !== id), again];
    return again;
  }
}
