import type { DatabaseSync } from 'node:sqlite';
import type { LanyardError } from '../errors.ts';
import { openDatabase, openForReading } from './database.ts';
import { entryTable } from './entry-table.ts';
import type { EntryTable } from './entry-table.ts';
import type { Shell } from './folder-holder.ts';
import { Indexing } from './indexing.ts';
import { parseRecord } from './room-record.ts';
import { SqliteOldRooms } from './sqlite-old-rooms.ts';
import { SqliteRoom } from './sqlite-room.ts';
import { storageError } from './storage-errors.ts';
import type { Storage } from './storage.ts';

/**
 * The storage of a data folder, for this process alone, which others are told is this `shell`. Throws data-dir-unwritable,
 * data-dir-in-use, database-newer.
 */
export function openSqliteStorage(dataDir: string, shell: Shell | null = null): Storage {
  const { sqlite, problems, close } = openDatabase(dataDir, shell);
  const table = entryTable(sqlite, new Indexing(sqlite));
  const rooms = roomsIn(table);
  for (const room of rooms.values()) room.indexLater();
  return storageIn({ table, rooms, dataDir, problems, close });
}

/**
 * The storage of a data folder for reading alone, also while a Lanyard is using it. Throws
 * nothing-kept, data-dir-unwritable, database-damaged, database-older, database-newer.
 */
export function readSqliteStorage(dataDir: string): Storage {
  const sqlite = openForReading(dataDir);
  const table = entryTable(sqlite, new Indexing(sqlite));
  const close = () => sqlite.close();
  return storageIn({ table, rooms: roomsIn(table), dataDir, problems: [], close });
}

function roomsIn(table: EntryTable): Map<string, SqliteRoom> {
  const rooms = new Map<string, SqliteRoom>();
  for (const row of table.sqlite.prepare('SELECT room, record FROM rooms ORDER BY room').all()) {
    const record = parseRecord(String(row['record']));
    if (!record) continue;
    rooms.set(record.id, new SqliteRoom(table, Number(row['room']), record));
  }
  return rooms;
}

interface Opened {
  readonly table: EntryTable;
  readonly rooms: Map<string, SqliteRoom>;
  readonly dataDir: string;
  readonly problems: readonly LanyardError[];
  readonly close: () => void;
}

function storageIn({ table, rooms, dataDir, problems, close }: Opened): Storage {
  const sqlite: DatabaseSync = table.sqlite;
  return {
    dataDir,
    problems,
    old: new SqliteOldRooms(sqlite),
    rooms: () => [...rooms.values()].toReversed(),
    room: (id) => rooms.get(id) ?? null,
    add(record) {
      const { lastInsertRowid } = writing(() =>
        sqlite
          .prepare('INSERT INTO rooms (id, record) VALUES (?, ?)')
          .run(record.id, JSON.stringify(record)),
      );
      const room = new SqliteRoom(table, Number(lastInsertRowid), record);
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

function writing<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw storageError(error, 'its database');
  }
}
