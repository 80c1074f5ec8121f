import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Doubt } from '../../preload/contract.ts';
import type { Entry, SaidEntry } from '../protocol/messages.ts';
import { ENTRY_COLUMNS, entryOf, saidOf, valuesOf } from './entry-row.ts';
import type { EntryStore } from './entry-store.ts';
import { indexed, matchExpression } from './search-words.ts';
import { transaction } from './transaction.ts';

/** A room's log in the database. */
export class SqliteEntries implements EntryStore {
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #insert: StatementSync;
  readonly #index: StatementSync;
  readonly #find: StatementSync;
  readonly #after: StatementSync;
  readonly #before: StatementSync;
  readonly #doubts: StatementSync;
  readonly #where: StatementSync;
  #epoch = '';
  #first = 1;
  #last = 0;

  /** `room` is the row of the room in the table of rooms. */
  constructor(sqlite: DatabaseSync, room: number) {
    this.#sqlite = sqlite;
    this.#room = room;
    const prepare = (sql: string) => sqlite.prepare(sql);
    this.#insert = prepare(
      `INSERT INTO entries (room, ${ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#index = prepare('INSERT INTO entry_words (rowid, words) VALUES (?, ?)');
    // Ordered by seq as it stands, SQLite would go through the whole room.
    this.#find = prepare(
      `SELECT ${ENTRY_COLUMNS} FROM entries WHERE room = ? AND id = ? ORDER BY +seq LIMIT 1`,
    );
    this.#after = prepare(
      `SELECT ${ENTRY_COLUMNS} FROM entries WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
    this.#before = prepare(
      `SELECT ${ENTRY_COLUMNS} FROM entries WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    );
    this.#doubts = prepare(
      `SELECT seq, doubt FROM entries
       WHERE room = ? AND seq BETWEEN ? AND ? AND doubt IS NOT NULL`,
    );
    this.#where = prepare(
      `SELECT epoch, last, (SELECT min(seq) FROM entries WHERE entries.room = rooms.room) AS first
       FROM rooms WHERE room = ?`,
    );
    this.refresh();
  }

  /** Looks anew where the log stands: its hub writes it over another connection. */
  refresh(): void {
    const stored = this.#where.get(this.#room);
    this.#epoch = String(stored?.['epoch']);
    this.#last = Number(stored?.['last']);
    this.#first = Number(stored?.['first'] ?? this.#last + 1);
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

  search(query: string, below: number, limit: number): readonly SaidEntry[] {
    const expression = matchExpression(query);
    if (expression === null) return [];
    // CROSS JOIN keeps SQLite from asking the index anew for every entry of the room.
    return this.#sqlite
      .prepare(
        `SELECT ${ENTRY_COLUMNS} FROM entry_words CROSS JOIN entries ON entry = entry_words.rowid
         WHERE entry_words MATCH ? AND room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      )
      .all(expression, this.#room, below, limit)
      .map(saidOf);
  }

  /** `alongside` writes what is kept together with these entries or not at all. */
  append(entries: readonly Entry[], alongside: () => void = () => {}): void {
    let last = this.#last;
    transaction(this.#sqlite, () => {
      for (const entry of entries) {
        if (entry.seq !== last + 1) continue;
        this.#write(entry);
        last = entry.seq;
      }
      if (last !== this.#last) this.#keepPosition(this.#epoch, last);
      alongside();
    });
    this.#last = last;
  }

  prepend(entries: readonly Entry[]): void {
    let first = this.#first;
    transaction(this.#sqlite, () => {
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
    transaction(this.#sqlite, () => {
      this.#sqlite.prepare('DELETE FROM entries WHERE room = ? AND seq < ?').run(this.#room, seq);
    });
    this.#first = Math.min(Math.max(this.#first, seq), this.#last + 1);
  }

  strike(id: string): void {
    transaction(this.#sqlite, () => {
      const said = 'SELECT entry FROM entries WHERE room = ? AND id = ? AND act IS NULL';
      this.#sqlite.prepare(`DELETE FROM entry_words WHERE rowid IN (${said})`).run(this.#room, id);
      this.#sqlite
        .prepare(
          `UPDATE entries SET text = '', signature = '', struck = 1 WHERE entry IN (${said})`,
        )
        .run(this.#room, id);
    });
  }

  doubt(seq: number, why: Doubt): void {
    transaction(this.#sqlite, () => {
      this.#sqlite
        .prepare('UPDATE entries SET doubt = ? WHERE room = ? AND seq = ?')
        .run(why, this.#room, seq);
    });
  }

  doubts(from: number, to: number): ReadonlyMap<number, Doubt> {
    const rows = this.#doubts.all(this.#room, from, to);
    return new Map(
      rows.map(({ seq, doubt }) => [Number(seq), doubt === 'replayed' ? 'replayed' : 'signature']),
    );
  }

  reset(epoch: string, last: number): void {
    transaction(this.#sqlite, () => {
      this.#sqlite.prepare('DELETE FROM entries WHERE room = ?').run(this.#room);
      this.#keepPosition(epoch, last);
    });
    this.#epoch = epoch;
    this.#last = last;
    this.#first = last + 1;
  }

  #write(entry: Entry): void {
    const { lastInsertRowid } = this.#insert.run(this.#room, ...valuesOf(entry));
    if (entry.kind === 'said') this.#index.run(lastInsertRowid, indexed(entry.text));
  }

  #keepPosition(epoch: string, last: number): void {
    this.#sqlite
      .prepare('UPDATE rooms SET epoch = ?, last = ? WHERE room = ?')
      .run(epoch, last, this.#room);
  }
}
