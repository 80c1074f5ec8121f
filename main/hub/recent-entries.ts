import { struck } from '../protocol/struck.ts';
import type { Entry } from '../protocol/messages.ts';

/** How many entries are known again after a room that remembers nothing has forgotten them. */
const KEPT = 1_000;

/** The last entries by message id, so that one sent twice is entered once (S5). */
export class RecentEntries {
  readonly #byId = new Map<string, Entry>();

  find(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** What it said is to be found nowhere (M4). */
  strike(id: string): void {
    const entry = this.#byId.get(id);
    if (entry?.kind === 'said') this.#byId.set(id, struck(entry));
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
