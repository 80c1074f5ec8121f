import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Strings that stand in most rows of a room, each kept once. They go with the room. */
export class Strings {
  readonly #find: StatementSync;
  readonly #add: StatementSync;

  constructor(sqlite: DatabaseSync) {
    this.#find = sqlite.prepare('SELECT string FROM strings WHERE room = ? AND text = ?');
    this.#add = sqlite.prepare('INSERT INTO strings (room, text) VALUES (?, ?)');
  }

  /** Gives the numbers of strings for the length of a transaction: one that fails takes them back. */
  numbersIn(room: number): (text: string) => number {
    const known = new Map<string, number>();
    return (text) => {
      const number = known.get(text) ?? this.#numberOf(room, text);
      known.set(text, number);
      return number;
    };
  }

  #numberOf(room: number, text: string): number {
    const found = this.#find.get(room, text)?.['string'];
    return Number(found ?? this.#add.run(room, text).lastInsertRowid);
  }
}
