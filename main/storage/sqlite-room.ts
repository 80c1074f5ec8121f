import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { CopyStore } from '../replica/copy-store.ts';
import type { OutboxItem } from '../replica/outbox.ts';
import { WITH_EACH_COMMIT } from './disk-sync.ts';
import type { EntryTable } from './entry-table.ts';
import { OwnCopy } from './own-copy.ts';
import type { RoomRecord } from './room-record.ts';
import { SqliteHub } from './sqlite-hub.ts';
import { logsOf } from './sqlite-log.ts';
import type { SqliteLog } from './sqlite-log.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import type { RoomStorage } from './storage.ts';
import type { Entry } from '../timeline/entry.ts';
import { transaction } from './transaction.ts';

/** What is kept of one room, in the database. */
export class SqliteRoom implements RoomStorage {
  readonly hub: SqliteHub;
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #log: (conversation: string) => SqliteLog;
  /** The host's, of its own room. */
  readonly #copies = new Map<string, OwnCopy>();
  readonly #outbox: SqliteOutbox;
  #record: RoomRecord;

  /** `room` is the row of the room in the table of rooms. */
  constructor(table: EntryTable, room: number, record: RoomRecord) {
    this.#sqlite = table.sqlite;
    this.#room = room;
    this.#record = record;
    this.#log = logsOf(table, room);
    this.hub = new SqliteHub(table.sqlite, room, this.#log, WITH_EACH_COMMIT);
    this.#outbox = new SqliteOutbox(table.sqlite, room);
  }

  get record(): RoomRecord {
    return this.#record;
  }

  copy(conversation: string): CopyStore {
    const log = this.#log(conversation);
    if (!this.#record.hosted) return log;
    const copy = this.#copies.get(conversation) ?? new OwnCopy(log);
    this.#copies.set(conversation, copy);
    return copy;
  }

  change(change: Partial<RoomRecord>): void {
    const record = { ...this.#record, ...change };
    if (isDeepStrictEqual(record, this.#record)) return;
    transaction(this.#sqlite, () => {
      this.#sqlite
        .prepare('UPDATE rooms SET record = ? WHERE room = ?')
        .run(JSON.stringify(record), this.#room);
    });
    this.#record = record;
  }

  changeRead(read: string): void {
    // A window may read on until it is gone.
    if (!this.#sqlite.isOpen) return;
    // A window tells it up to twenty times a second, and must not wait for the disk each time.
    this.#sqlite.exec('PRAGMA synchronous = NORMAL');
    try {
      this.change({ read });
    } finally {
      this.#sqlite.exec('PRAGMA synchronous = FULL');
    }
  }

  outbox(): readonly OutboxItem[] {
    return this.#outbox.items;
  }

  saveOutbox(items: readonly OutboxItem[]): void {
    this.#outbox.save(items);
  }

  search(conversation: string, ...what: Parameters<SqliteLog['search']>): readonly Entry[] {
    return this.#log(conversation).search(...what);
  }

  /** Has what is not indexed yet indexed in a while, bit by bit; it is found before, too. */
  indexLater(): void {
    const kept = this.#sqlite
      .prepare('SELECT id FROM conversations WHERE room = ?')
      .all(this.#room);
    for (const { id } of kept) this.#log(String(id)).indexLater();
  }
}
