/** What was typed and is not confirmed yet, in the order it was typed. */

export interface OutboxMessage {
  readonly id: string;
  readonly text: string;
  /** When it was typed, ms since 1970. */
  readonly at: number;
  readonly refused: { readonly code: string; readonly sentence: string } | null;
}

export class Outbox {
  #messages: readonly OutboxMessage[];

  constructor(messages: readonly OutboxMessage[]) {
    this.#messages = messages;
  }

  get messages(): readonly OutboxMessage[] {
    return this.#messages;
  }

  add(id: string, text: string, at: number): void {
    this.#messages = [...this.#messages, { id, text, at, refused: null }];
  }

  find(id: string): OutboxMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /** Confirmed or given up; false when there is none with this id. */
  remove(id: string): boolean {
    const before = this.#messages.length;
    this.#messages = this.#messages.filter((message) => message.id !== id);
    return this.#messages.length < before;
  }

  refuse(id: string, code: string, sentence: string): boolean {
    if (!this.find(id)) return false;
    this.#messages = this.#messages.map((message) =>
      message.id === id ? { ...message, refused: { code, sentence } } : message,
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
