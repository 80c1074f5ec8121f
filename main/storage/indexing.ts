import type { DatabaseSync } from 'node:sqlite';
import { LanyardError } from '../errors.ts';
import type { EntrySearch } from './entry-search.ts';

/** From one block that is indexed to the next, in ms: a busy hub gives a twentieth of its time. */
const PAUSE_MS = 50;

/** Indexes the logs of one connection some time after they were written, in turns. */
export class Indexing {
  readonly #sqlite: DatabaseSync;
  /** The one that has waited longest comes first. */
  readonly #waiting = new Set<EntrySearch>();
  #isDue = false;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  /** Indexes in a while what is not yet of a log, bit by bit. */
  later(search: EntrySearch): void {
    this.#waiting.add(search);
    this.#wait();
  }

  #wait(): void {
    if (this.#isDue || this.#waiting.size === 0) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      if (!this.#sqlite.isOpen) return;
      this.#indexOne();
      this.#wait();
    }, PAUSE_MS).unref();
  }

  #indexOne(): void {
    const [search] = this.#waiting;
    if (!search) return;
    this.#waiting.delete(search);
    try {
      if (search.indexBlock()) this.#waiting.add(search);
    } catch (error) {
      // It is found without an index too, and the next entries try again.
      if (!(error instanceof LanyardError)) throw error;
    }
  }
}
