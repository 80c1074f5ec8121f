/** Entries on their way to the disk (S7). */
import { referred } from '../events/event.ts';
import type { Entry } from '../timeline/entry.ts';
import type { Occupant } from './roster.ts';

/** Who made an entry, and where they hear of it. */
export type Author = Pick<Occupant, 'id' | 'name' | 'connection'>;

export interface UnstoredEntry {
  readonly entry: Entry;
  /** Who is told if it gets lost. */
  author: Author;
  /** What follows once everybody knows of it. */
  readonly done: () => void;
}

export class Unstored {
  /** In the order they came. */
  readonly #all: UnstoredEntry[] = [];
  readonly #byId = new Map<string, UnstoredEntry>();

  /** The newest of a conversation. */
  lastOf(conversation: string): Entry | undefined {
    return this.#all.findLast(({ entry }) => entry.conversation === conversation)?.entry;
  }

  /** Those that refer to this one with `to`. */
  relationsTo(id: string): readonly Entry[] {
    return this.#all.flatMap(({ entry }) => (referred(entry, 'to') === id ? [entry] : []));
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
