/** What the hub was asked and has not answered on this connection. */
import type { DisconnectReason } from '../model/error-codes.ts';
import type { Answer, Request } from './session-types.ts';

export class Requests {
  readonly #onAnswer: (id: string, answer: Answer) => void;
  /** By id, the oldest first. */
  readonly #open = new Map<string, Request>();

  /** `onAnswer` is told of each request once. */
  constructor(onAnswer: (id: string, answer: Answer) => void) {
    this.#onAnswer = onAnswer;
  }

  add(request: Request): void {
    this.#open.set(request.id, request);
  }

  /** Nothing happens when there is none with this id. */
  answer(id: string, answer: Answer): void {
    if (this.#open.delete(id)) this.#onAnswer(id, answer);
  }

  /** The hub carries out requests in order, so the oldest one of a kind is the one answered. */
  answerFirst(type: Request['type'], answer: Answer): void {
    const first = [...this.#open.values()].find((request) => request.type === type);
    if (first) this.answer(first.id, answer);
  }

  /** The connection is gone, and their answers with it. */
  drop(reason: DisconnectReason): void {
    for (const id of this.#open.keys()) this.answer(id, { ok: false, problem: { code: reason } });
  }
}
