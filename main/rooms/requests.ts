import type { Answer } from '../replica/session-types.ts';
import { LanyardError } from '../errors.ts';

type Accepted = Extract<Answer, { ok: true }>;

/** Requests under way, each waiting for its one answer. */
export class Requests {
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** Answers that came before it was known to what. */
  #early: Map<string, Answer> | null = null;

  /** Sends a request and waits. Rejects with the hub's refusal, or with why there was no answer. */
  wait(id: string, send: () => void): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (answer) => {
        if (answer.ok) resolve(answer);
        else reject(new LanyardError(answer.problem));
      });
      send();
    });
  }

  /** Sends what gets its id only as it is made; returns the id. */
  expecting(
    send: () => string,
    then: { readonly resolve: () => void; readonly reject: (error: LanyardError) => void },
  ): string {
    this.#early = new Map();
    const id = send();
    const early = this.#early.get(id);
    this.#early = null;
    this.#waiting.set(id, (answer) => {
      if (answer.ok) then.resolve();
      else then.reject(new LanyardError(answer.problem));
    });
    if (early) this.answered(id, early);
    return id;
  }

  answered(id: string, answer: Answer): void {
    this.#early?.set(id, answer);
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
