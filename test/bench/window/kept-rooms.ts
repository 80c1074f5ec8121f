/** What an earlier start has left in a data folder: rooms of one's own that open again with the app. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE, prepareConnection } from '../../../main/storage/database.ts';
import { EntrySearch } from '../../../main/storage/entry-search.ts';
import { hostedRecord } from '../../../main/storage/room-record.ts';
import { openSqliteStorage } from '../../../main/storage/sqlite-storage.ts';
import { fillLog } from '../fill-log.ts';

export interface KeptRoom {
  readonly name: string;
  readonly entries: number;
}

/** Puts rooms into an empty folder, all of it read and ready to be searched. */
export function keepRooms(dataDir: string, rooms: readonly KeptRoom[]): void {
  const storage = openSqliteStorage(dataDir);
  for (const { name, entries } of rooms) {
    const room = { id: name, name, idleMinutes: null, remembersDays: null };
    const record = { ...hostedRecord(room, 'Ann'), active: true, read: entries };
    fillLog(storage.add(record, 'epoch', 0).hub, entries);
  }
  storage.close();

  // Time does this otherwise, a block now and then.
  const sqlite = new DatabaseSync(join(dataDir, DATABASE));
  prepareConnection(sqlite);
  for (const log of rooms.keys()) {
    const search = new EntrySearch(sqlite, log + 1);
    while (search.indexBlock());
  }
  sqlite.close();
}
