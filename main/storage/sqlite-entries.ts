import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Doubt } from '../model/entry.ts';
import type { Entry, SaidEntry } from '../protocol/messages.ts';
import { ENTRY_COLUMNS, selectEntries, valuesOf } from './entry-row.ts';
import { EntrySearch } from './entry-search.ts';
import type { EntryStore } from './entry-store.ts';
import type { Indexing } from './indexing.ts';
import { transaction } from './transaction.ts';

type Select = ReturnType<typeof selectEntries>;

/** A room's log in the database. */
export class SqliteEntries implements EntryStore {
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #insert: StatementSync;
  readonly #find: Select;
  readonly #after: Select;
  readonly #before: Select;
  readonly #strike: StatementSync;
  readonly #doubts: StatementSync;
  readonly #where: StatementSync;
  readonly #keepPosition: StatementSync;
  readonly #search: EntrySearch;
  readonly #indexing: Indexing;
  #epoch = '';
  #first = 1;
  #last = 0;

  /** `room` is the row of the room in the table of rooms. */
  constructor(sqlite: DatabaseSync, room: number, indexing: Indexing) {
    this.#sqlite = sqlite;
    this.#indexing = indexing;
    this.#room = room;
    const prepare = (sql: string) => sqlite.prepare(sql);
    this.#insert = prepare(
      `INSERT INTO entries (room, ${ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    // Ordered by seq as it stands, SQLite would go through the whole room.
    this.#find = selectEntries(sqlite, 'room = ? AND id = ? ORDER BY +seq LIMIT 1');
    this.#after = selectEntries(sqlite, 'room = ? AND seq > ? ORDER BY seq LIMIT ?');
    this.#before = selectEntries(sqlite, 'room = ? AND seq < ? ORDER BY seq DESC LIMIT ?');
    this.#strike = prepare(
      `UPDATE entries SET text = '', signature = '', struck = 1
       WHERE room = ? AND id = ? AND act IS NULL RETURNING seq`,
    );
    this.#doubts = prepare(
      `SELECT seq, doubt FROM entries
       WHERE room = ? AND seq BETWEEN ? AND ? AND doubt IS NOT NULL`,
    );
    this.#where = prepare(
      `SELECT epoch, last, (SELECT min(seq) FROM entries WHERE entries.room = rooms.room) AS first
       FROM rooms WHERE room = ?`,
    );
    this.#keepPosition = prepare('UPDATE rooms SET epoch = ?, last = ? WHERE room = ?');
    this.#search = new EntrySearch(sqlite, room);
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
    return this.#find(this.#room, id)[0] ?? null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    return this.#after(this.#room, seq, limit);
  }

  before(seq: number, limit: number): readonly Entry[] {
    return this.#before(this.#room, seq, limit).toReversed();
  }

  search(query: string, below: number, limit: number): readonly SaidEntry[] {
    return this.#search
      .find(query, below, limit)
      .flatMap((seq) => this.#before(this.#room, seq + 1, 1))
      .filter((entry) => entry.kind === 'said');
  }

  /** Has what is not indexed yet indexed in a while, bit by bit; it is found before, too. */
  indexLater(): void {
    this.#indexing.later(this.#search);
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
      if (last !== this.#last) this.#keepPosition.run(this.#epoch, last, this.#room);
      alongside();
    });
    this.#last = last;
    this.indexLater();
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
    this.indexLater();
  }

  firstSince(at: number): number {
    return (this.#search.lastBefore(at) ?? this.#first - 1) + 1;
  }

  forgetBefore(seq: number): void {
    if (seq <= this.#first) return;
    transaction(this.#sqlite, () => {
      this.#sqlite.prepare('DELETE FROM entries WHERE room = ? AND seq < ?').run(this.#room, seq);
      this.#search.forgetBefore(seq);
    });
    this.#first = Math.min(Math.max(this.#first, seq), this.#last + 1);
  }

  strike(id: string): void {
    transaction(this.#sqlite, () => {
      const struck = this.#strike.all(this.#room, id).map(({ seq }) => Number(seq));
      this.#search.struck(struck);
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
      this.#search.forgetBefore(Infinity);
      this.#keepPosition.run(epoch, last, this.#room);
    });
    this.#epoch = epoch;
    this.#last = last;
    this.#first = last + 1;
  }

  #write(entry: Entry): void {
    this.#insert.run(this.#room, ...valuesOf(entry));
  }
}
