import type { Entry } from '../protocol/messages.ts';

/** How many entries are known again after a room that remembers nothing has forgotten them. */
const KEPT = 1_000;

/** The last entries by message id, so that one sent twice is entered once (S5). */
export class RecentEntries {
  readonly #byId = new Map<string, Entry>();

  find(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  forgetAll(): void {
    this.#byId.clear();
  }

  remember(id: string, entry: Entry): void {
    this.#byId.set(id, entry);
    if (this.#byId.size <= KEPT) return;
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined) this.#byId.delete(oldest);
  }
}
