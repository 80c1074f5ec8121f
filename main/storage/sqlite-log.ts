import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { redacted, referred } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import type { EngineLog } from '../hub/engine/engine-store.ts';
import { sha256 } from '../identity/sha256.ts';
import type { CopyStore } from '../replica/copy-store.ts';
import { BEGINNING } from '../timeline/chain.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { CheckedEntry, Entry, Position } from '../timeline/entry.ts';
import { bodyValues } from './entry-row.ts';
import { EntrySearch } from './entry-search.ts';
import type { EntryTable } from './entry-table.ts';
import { transaction } from './transaction.ts';

/** The row of a conversation that there is nothing of yet. */
const NO_ROW = -1;

/**
 * A conversation's log in the database: a hub's own, or a member's copy. It looks anew each time: a
 * room's hub writes it over another connection.
 */
export class SqliteLog implements EngineLog, CopyStore {
  readonly #table: EntryTable;
  readonly #room: number;
  readonly #conversation: string;
  #row = NO_ROW;
  #search: EntrySearch | null = null;

  /** `room` is the row of the room in the table of rooms. */
  constructor(table: EntryTable, room: number, conversation: string) {
    this.#table = table;
    this.#room = room;
    this.#conversation = conversation;
  }

  get start(): ChainEnd {
    return chainEnd(this.#table.start.get(this.#number)) ?? BEGINNING;
  }

  get end(): ChainEnd {
    return chainEnd(this.#table.last.get(this.#number)) ?? this.start;
  }

  get last(): ChainEnd {
    return this.end;
  }

  get floor(): ChainEnd {
    return this.start;
  }

  ancestry(): readonly Position[] {
    const { epoch, seq } = this.start;
    const lasts = this.#table.lasts
      .all(this.#number)
      .map((row) => ({ epoch: String(row['epoch']), seq: Number(row['last']) }));
    const isOver = epoch !== '' && !lasts.some((each) => each.epoch === epoch);
    return isOver ? [...lasts, { epoch, seq }] : lasts;
  }

  find(id: string): CheckedEntry | null {
    return this.#table.find.all(this.#conversation, this.#number, id)[0] ?? null;
  }

  has(id: string): boolean {
    return this.#table.has.get(this.#number, id, this.#number, id)?.['has'] === 1;
  }

  after(seq: number, limit: number): readonly CheckedEntry[] {
    return this.#table.after.all(this.#conversation, this.#number, seq, whole(limit));
  }

  before(seq: number, limit: number): readonly CheckedEntry[] {
    const newest = this.#table.before.all(this.#conversation, this.#number, seq, whole(limit));
    return newest.toReversed();
  }

  relationsTo(ids: readonly string[]): readonly CheckedEntry[] {
    return this.#table.relations.all(this.#conversation, this.#number, JSON.stringify(ids));
  }

  /** The messages below `below` that say something that matches, newest first. */
  search(query: string, below: number, limit: number): readonly Entry[] {
    return this.#searched?.find(query, below, limit) ?? [];
  }

  /**
   * Has what is not indexed yet indexed in a while, bit by bit; it is found before, too. In a transaction
   * nothing happens, for it may fail.
   */
  indexLater(): void {
    if (!this.#sqlite.isTransaction && this.#searched) this.#table.indexing.later(this.#searched);
  }

  append(entries: readonly CheckedEntry[], gone: readonly string[]): void {
    this.#writing(() => this.#add(entries, gone));
    this.indexLater();
  }

  prepend(after: ChainEnd, entries: readonly CheckedEntry[], gone: readonly string[]): void {
    this.#writing(() => {
      this.#startAfter(after);
      this.#add(entries, gone);
    });
    this.indexLater();
  }

  /** Keeps what is doubted of these. */
  mark(entries: readonly CheckedEntry[]): void {
    this.#writing(() => {
      for (const { seq, doubt } of entries) this.#table.mark.run(doubt ?? null, this.#number, seq);
      const targets = entries.flatMap((entry) => referred(entry, 'to') ?? []);
      this.#searched?.changed(targets);
    });
  }

  truncate(last: number): void {
    this.#writing(() => {
      this.#searched?.forgetFrom(last + 1);
      const reworded = this.#reworded(last + 1, Infinity);
      this.#table.removeFrom.run(this.#number, last + 1);
      this.#searched?.changed(reworded);
    });
  }

  reset(after: ChainEnd): void {
    this.#writing(() => {
      this.#searched?.forgetFrom(0);
      this.#table.removeAll.run(this.#number);
      this.#startAfter(after);
    });
  }

  forgetTo(floor: number): void {
    this.#writing(() => {
      const last = chainEnd(this.#table.lastTo.get(this.#number, floor));
      if (last === null) return;
      this.#startAfter(last);
      this.#searched?.forgetBefore(floor + 1);
      const reworded = this.#reworded(0, floor + 1);
      this.#table.removeTo.run(this.#number, floor, redaction.name);
      this.#table.setAside.run(this.#number, floor);
      this.#searched?.changed(reworded);
    });
  }

  forgetOlder(at: number): boolean {
    const young = this.#table.youngest.get(this.#number, at)?.['seq'];
    const below = typeof young === 'number' ? young - 1 : Infinity;
    const last = chainEnd(this.#table.lastTo.get(this.#number, below));
    if (last !== null) this.forgetTo(last.seq);
    return last !== null;
  }

  /** Takes their bodies from these (M4). */
  redact(ids: readonly string[]): void {
    this.#writing(() => this.#searched?.changed(this.#redact(ids)));
  }

  #add(entries: readonly CheckedEntry[], gone: readonly string[]): void {
    const { numbersIn, insert } = this.#table;
    const numberOf = numbersIn(this.#room);
    for (const entry of entries) insert(this.#number, entry, numberOf);
    const first = entries[0]?.seq ?? 0;
    const last = entries.at(-1)?.seq ?? -1;
    this.#searched?.changed([...this.#reworded(first, last + 1), ...this.#redact(gone)]);
  }

  /** The ids of what says something else without their bodies. */
  #redact(ids: readonly string[]): readonly string[] {
    const changed = [];
    for (const id of new Set(ids)) {
      const entry = this.find(id);
      if (entry === null) continue;
      this.#table.redact.run(...bodyValues(redacted(entry.body, sha256)), this.#number, id);
      changed.push(id, ...entry.references.map((reference) => reference.id));
    }
    return changed;
  }

  /** The ids of what has another text by something from a seq to below another. */
  #reworded(from: number, to: number): readonly string[] {
    const rows = this.#table.reworded.all(this.#number, from, to);
    return rows.map(({ target }) => String(target));
  }

  #startAfter({ epoch, seq, link }: ChainEnd): void {
    this.#table.setStart.run(epoch, seq, link, this.#number);
  }

  /** All of it or nothing. The conversation has a row by then. */
  #writing(write: () => void): void {
    transaction(this.#sqlite, () => {
      this.#table.begin.run(this.#room, this.#conversation);
      write();
    });
  }

  get #number(): number {
    if (this.#row !== NO_ROW) return this.#row;
    const row = this.#table.row.get(this.#room, this.#conversation)?.['conversation'];
    if (typeof row !== 'number') return NO_ROW;
    // A transaction that fails takes the row back.
    if (!this.#sqlite.isTransaction) this.#row = row;
    return row;
  }

  get #searched(): EntrySearch | null {
    if (this.#search) return this.#search;
    const number = this.#number;
    if (number === NO_ROW) return null;
    const search = new EntrySearch(this.#sqlite, number, this.#conversation);
    if (this.#row === number) this.#search = search;
    return search;
  }

  get #sqlite(): DatabaseSync {
    return this.#table.sqlite;
  }
}

/** A limit as SQLite takes it. */
function whole(limit: number): number {
  return Math.min(limit, Number.MAX_SAFE_INTEGER);
}

function chainEnd(row: Record<string, SQLOutputValue> | undefined): ChainEnd | null {
  return row === undefined
    ? null
    : { epoch: String(row['epoch']), seq: Number(row['seq']), link: String(row['link']) };
}

/** The logs of a room, each made once; `room` is the row of the room in the table of rooms. */
export function logsOf(table: EntryTable, room: number): (conversation: string) => SqliteLog {
  const logs = new Map<string, SqliteLog>();
  return (conversation) => {
    const log = logs.get(conversation) ?? new SqliteLog(table, room, conversation);
    logs.set(conversation, log);
    return log;
  };
}
