import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { OutboxMessage } from '../client/outbox.ts';
import type { LanyardError } from '../errors.ts';
import type { RefusalReason } from '../model/error-codes.ts';
import { isRefusalCode } from '../protocol/refusals.ts';
import { openDatabase, openForReading } from './database.ts';
import { WITH_EACH_COMMIT } from './disk-sync.ts';
import type { Shell } from './folder-holder.ts';
import { Indexing } from './indexing.ts';
import { parseRecord } from './room-record.ts';
import type { RoomRecord } from './room-record.ts';
import { SqliteEntries } from './sqlite-entries.ts';
import { SqliteHub } from './sqlite-hub.ts';
import { storageError } from './storage-errors.ts';
import type { RoomStorage, Storage } from './storage.ts';
import { transaction } from './transaction.ts';

/**
 * The storage of a data folder, for this process alone, which others are told is this `shell`. Throws data-dir-unwritable,
 * data-dir-in-use, database-newer.
 */
export function openSqliteStorage(dataDir: string, shell: Shell | null = null): Storage {
  const { sqlite, problems, close } = openDatabase(dataDir, shell);
  const indexing = new Indexing(sqlite);
  const rooms = roomsIn(sqlite, indexing);
  for (const { entries } of rooms.values()) entries.indexLater();
  return storageIn({ sqlite, rooms, indexing, dataDir, problems, close });
}

/**
 * The storage of a data folder for reading alone, also while a Lanyard is using it. Throws
 * nothing-kept, data-dir-unwritable, database-damaged, database-older, database-newer.
 */
export function readSqliteStorage(dataDir: string): Storage {
  const sqlite = openForReading(dataDir);
  const indexing = new Indexing(sqlite);
  const rooms = roomsIn(sqlite, indexing);
  const close = () => sqlite.close();
  return storageIn({ sqlite, rooms, indexing, dataDir, problems: [], close });
}

function roomsIn(sqlite: DatabaseSync, indexing: Indexing): Map<string, SqliteRoom> {
  const rooms = new Map<string, SqliteRoom>();
  for (const row of sqlite.prepare('SELECT room, record FROM rooms ORDER BY room').all()) {
    const record = parseRecord(String(row['record']));
    if (!record) continue;
    rooms.set(record.id, new SqliteRoom(sqlite, Number(row['room']), record, indexing));
  }
  return rooms;
}

interface Opened {
  readonly sqlite: DatabaseSync;
  readonly rooms: Map<string, SqliteRoom>;
  readonly indexing: Indexing;
  readonly dataDir: string;
  readonly problems: readonly LanyardError[];
  readonly close: () => void;
}

function storageIn({ sqlite, rooms, indexing, dataDir, problems, close }: Opened): Storage {
  return {
    dataDir,
    problems,
    rooms: () => [...rooms.values()].toReversed(),
    room: (id) => rooms.get(id) ?? null,
    add(record, epoch, last) {
      const { lastInsertRowid } = writing(() =>
        sqlite
          .prepare('INSERT INTO rooms (id, record, epoch, last) VALUES (?, ?, ?, ?)')
          .run(record.id, JSON.stringify(record), epoch, last),
      );
      const room = new SqliteRoom(sqlite, Number(lastInsertRowid), record, indexing);
      rooms.set(record.id, room);
      return room;
    },
    forget(id) {
      writing(() => sqlite.prepare('DELETE FROM rooms WHERE id = ?').run(id));
      rooms.delete(id);
    },
    close,
  };
}

class SqliteRoom implements RoomStorage {
  readonly entries: SqliteEntries;
  readonly hub: SqliteHub;
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  #record: RoomRecord;
  #outbox: readonly OutboxMessage[];

  constructor(sqlite: DatabaseSync, room: number, record: RoomRecord, indexing: Indexing) {
    this.#sqlite = sqlite;
    this.#room = room;
    this.#record = record;
    this.entries = new SqliteEntries(sqlite, room, indexing);
    this.hub = new SqliteHub(sqlite, room, this.entries, WITH_EACH_COMMIT);
    this.#outbox = sqlite
      .prepare('SELECT * FROM outbox WHERE room = ? ORDER BY position')
      .all(room)
      .map(messageOf);
  }

  get record(): RoomRecord {
    return this.#record;
  }

  change(change: Partial<RoomRecord>): void {
    const record = { ...this.#record, ...change };
    if (isDeepStrictEqual(record, this.#record)) return;
    writing(() =>
      this.#sqlite
        .prepare('UPDATE rooms SET record = ? WHERE room = ?')
        .run(JSON.stringify(record), this.#room),
    );
    this.#record = record;
  }

  changeRead(read: number): void {
    // A window may read on until it is gone.
    if (!this.#sqlite.isOpen) return;
    writing(() => {
      // A window tells it up to twenty times a second, and must not wait for the disk each time.
      this.#sqlite.exec('PRAGMA synchronous = NORMAL');
      try {
        this.change({ read });
      } finally {
        this.#sqlite.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  outbox(): readonly OutboxMessage[] {
    return this.#outbox;
  }

  saveOutbox(messages: readonly OutboxMessage[]): void {
    const wanted = new Set(messages.map(({ id }) => id));
    const staying = this.#outbox.filter(({ id }) => wanted.has(id));
    // Rows are in the order of their making: from the first one that moved on they are made anew.
    const moved = staying.findIndex(({ id }, index) => id !== messages[index]?.id);
    const inPlace = messages.slice(0, moved === -1 ? staying.length : moved);
    const keep = new Set(inPlace.map(({ id }) => id));
    transaction(this.#sqlite, () => {
      const remove = this.#sqlite.prepare('DELETE FROM outbox WHERE id = ?');
      for (const { id } of this.#outbox) if (!keep.has(id)) remove.run(id);
      const update = this.#sqlite.prepare(
        'UPDATE outbox SET refused_code = ?, refused_sentence = ? WHERE id = ?',
      );
      for (const [index, message] of inPlace.entries()) {
        const { id, refused } = message;
        if (message === staying[index]) continue;
        update.run(...refusalColumns(refused), id);
      }
      const insert = this.#sqlite.prepare(
        'INSERT INTO outbox (room, id, text, at, refused_code, refused_sentence) VALUES (?, ?, ?, ?, ?, ?)',
      );
      for (const { id, text, at, refused } of messages.slice(inPlace.length)) {
        insert.run(this.#room, id, text, at, ...refusalColumns(refused));
      }
    });
    this.#outbox = messages;
  }
}

function writing<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw storageError(error, 'its database');
  }
}

/** The code of a refusal, and of one that is not known what it said. */
function refusalColumns(refused: RefusalReason | null): readonly [string | null, string | null] {
  if (refused === null) return [null, null];
  return [refused.code, refused.code === 'unknown-refusal' ? refused.details.sentence : null];
}

function messageOf(row: Record<string, SQLOutputValue>): OutboxMessage {
  const code = row['refused_code'];
  return {
    id: String(row['id']),
    text: String(row['text']),
    at: Number(row['at']),
    refused: typeof code === 'string' ? refusalOf(code, row['refused_sentence']) : null,
  };
}

function refusalOf(code: string, sentence: SQLOutputValue | undefined): RefusalReason {
  if (isRefusalCode(code)) return { code };
  return { code: 'unknown-refusal', details: { sentence: String(sentence ?? '') } };
}
