/** Entries on their way to the disk (S7). */
import type { Entry } from '../protocol/messages.ts';
import type { Occupant } from './roster.ts';

export interface UnstoredEntry {
  readonly entry: Entry;
  /** Who is told if it gets lost. */
  author: Occupant;
  /** What follows once everybody knows of it. */
  readonly done: () => void;
  /** Takes back what it changed. */
  readonly undo: () => void;
}

export class Unstored {
  readonly #byId = new Map<string, UnstoredEntry>();

  get count(): number {
    return this.#byId.size;
  }

  find(id: string): UnstoredEntry | undefined {
    return this.#byId.get(id);
  }

  add(unstored: UnstoredEntry): void {
    this.#byId.set(unstored.entry.id, unstored);
  }

  /** All of them, in the order they came; none are left. */
  takeAll(): readonly UnstoredEntry[] {
    const all = [...this.#byId.values()];
    this.#byId.clear();
    return all;
  }
}
