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
  /** In the order they came. */
  readonly #all: UnstoredEntry[] = [];
  readonly #byId = new Map<string, UnstoredEntry>();

  /** The newest of them. */
  get last(): Entry | undefined {
    return this.#all.at(-1)?.entry;
  }

  find(id: string): UnstoredEntry | undefined {
    return this.#byId.get(id);
  }

  add(unstored: UnstoredEntry): void {
    this.#all.push(unstored);
    this.#byId.set(unstored.entry.id, unstored);
  }

  /** The oldest so many; they are no longer among these. */
  takeOldest(count: number): readonly UnstoredEntry[] {
    return this.#taken(this.#all.splice(0, count));
  }

  /** The newest so many, in the order they came; they are no longer among these. */
  takeNewest(count: number): readonly UnstoredEntry[] {
    return this.#taken(this.#all.splice(this.#all.length - count));
  }

  #taken(taken: readonly UnstoredEntry[]): readonly UnstoredEntry[] {
    for (const { entry } of taken) this.#byId.delete(entry.id);
    return taken;
  }
}
