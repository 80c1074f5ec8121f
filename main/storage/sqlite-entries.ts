import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Entry } from '../protocol/messages.ts';
import type { EntryStore } from './entry-store.ts';
import { indexed, matchExpression } from './search-words.ts';
import { storageError } from './storage-errors.ts';

type Row = Record<string, SQLOutputValue>;

const COLUMNS = 'seq, at, id, author, name, text';

/** A room's log in the database. */
export class SqliteEntries implements EntryStore {
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #insert: StatementSync;
  readonly #index: StatementSync;
  readonly #find: StatementSync;
  readonly #after: StatementSync;
  readonly #before: StatementSync;
  #epoch: string;
  #first: number;
  #last: number;

  /** `room` is the row of the room in the table of rooms. */
  constructor(sqlite: DatabaseSync, room: number) {
    this.#sqlite = sqlite;
    this.#room = room;
    const prepare = (sql: string) => sqlite.prepare(sql);
    this.#insert = prepare(
      `INSERT INTO entries (room, seq, at, id, author, name, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#index = prepare('INSERT INTO entry_words (rowid, words) VALUES (?, ?)');
    this.#find = prepare(`SELECT ${COLUMNS} FROM entries WHERE room = ? AND id = ?`);
    this.#after = prepare(
      `SELECT ${COLUMNS} FROM entries WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
    this.#before = prepare(
      `SELECT ${COLUMNS} FROM entries WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    );
    const stored = prepare('SELECT epoch, last FROM rooms WHERE room = ?').get(room);
    this.#epoch = String(stored?.['epoch']);
    this.#last = Number(stored?.['last']);
    const first = prepare('SELECT min(seq) AS first FROM entries WHERE room = ?').get(room);
    this.#first = Number(first?.['first'] ?? this.#last + 1);
  }

  get epoch(): string {
    return this.#epoch;
  }

  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  find(id: string): Entry | null {
    const row = this.#find.get(this.#room, id);
    return row ? entryOf(row) : null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    return this.#after.all(this.#room, seq, limit).map(entryOf);
  }

  before(seq: number, limit: number): readonly Entry[] {
    return this.#before.all(this.#room, seq, limit).map(entryOf).toReversed();
  }

  search(query: string, below: number, limit: number): readonly Entry[] {
    const expression = matchExpression(query);
    if (expression === null) return [];
    // CROSS JOIN keeps SQLite from asking the index anew for every entry of the room.
    return this.#sqlite
      .prepare(
        `SELECT ${COLUMNS} FROM entry_words CROSS JOIN entries ON entry = entry_words.rowid
         WHERE entry_words MATCH ? AND room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      )
      .all(expression, this.#room, below, limit)
      .map(entryOf);
  }

  append(entries: readonly Entry[]): void {
    let last = this.#last;
    this.#inTransaction(() => {
      for (const entry of entries) {
        if (entry.seq !== last + 1) continue;
        this.#write(entry);
        last = entry.seq;
      }
      this.#keepPosition(this.#epoch, last);
    });
    this.#last = last;
  }

  prepend(entries: readonly Entry[]): void {
    let first = this.#first;
    this.#inTransaction(() => {
      for (const entry of entries.toReversed()) {
        if (entry.seq !== first - 1) continue;
        this.#write(entry);
        first = entry.seq;
      }
    });
    this.#first = first;
  }

  firstSince(at: number): number {
    const row = this.#sqlite
      .prepare('SELECT max(seq) AS old FROM entries WHERE room = ? AND at < ?')
      .get(this.#room, at);
    return Number(row?.['old'] ?? this.#first - 1) + 1;
  }

  forgetBefore(seq: number): void {
    if (seq <= this.#first) return;
    this.#inTransaction(() => {
      this.#sqlite.prepare('DELETE FROM entries WHERE room = ? AND seq < ?').run(this.#room, seq);
    });
    this.#first = Math.min(Math.max(this.#first, seq), this.#last + 1);
  }

  reset(epoch: string, last: number): void {
    this.#inTransaction(() => {
      this.#sqlite.prepare('DELETE FROM entries WHERE room = ?').run(this.#room);
      this.#keepPosition(epoch, last);
    });
    this.#epoch = epoch;
    this.#last = last;
    this.#first = last + 1;
  }

  #write({ seq, at, id, from, name, text }: Entry): void {
    const { lastInsertRowid } = this.#insert.run(this.#room, seq, at, id, from, name, text);
    this.#index.run(lastInsertRowid, indexed(text));
  }

  #keepPosition(epoch: string, last: number): void {
    this.#sqlite
      .prepare('UPDATE rooms SET epoch = ?, last = ? WHERE room = ?')
      .run(epoch, last, this.#room);
  }

  #inTransaction(write: () => void): void {
    try {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      try {
        write();
        this.#sqlite.exec('COMMIT');
      } catch (error) {
        if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
        throw error;
      }
    } catch (error) {
      throw storageError(error, 'its database');
    }
  }
}

/** A row as it was written by this class: its types are the schema's, which is STRICT. */
function entryOf(row: Row): Entry {
  return {
    kind: 'said',
    seq: Number(row['seq']),
    at: Number(row['at']),
    id: String(row['id']),
    from: String(row['author']),
    name: String(row['name']),
    text: String(row['text']),
  };
}
