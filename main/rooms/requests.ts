import type { Answer, Request } from '../client/session-types.ts';
import { LanyardError } from '../errors.ts';

type Accepted = Extract<Answer, { ok: true }>;

/** Requests under way, each waiting for its one answer. */
export class Requests {
  readonly #waiting = new Map<string, (answer: Answer) => void>();

  /** Rejects with the hub's refusal, or with why there was no answer. */
  ask(request: Request, send: (request: Request) => void): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, (answer) => {
        if (answer.ok) resolve(answer);
        else reject(new LanyardError(answer.problem));
      });
      send(request);
    });
  }

  answered(id: string, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
