import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BUSY_MS, DATABASE, prepareConnection } from './database.ts';
import { WalSync } from './disk-sync.ts';
import type { HubStore } from './hub-store.ts';
import { Indexing } from './indexing.ts';
import { SqliteEntries } from './sqlite-entries.ts';
import { SqliteHub } from './sqlite-hub.ts';
import { storageError } from './storage-errors.ts';

/**
 * What a hub keeps, over a connection of its own to a database that this process has open already:
 * the hub's thread writes there without the app's. Throws storage-*.
 */
export function openHubStore(
  dataDir: string,
  roomId: string,
): { readonly store: HubStore; readonly close: () => void } {
  try {
    const path = join(dataDir, DATABASE);
    const sqlite = new DatabaseSync(path, { timeout: BUSY_MS });
    prepareConnection(sqlite);
    sqlite.exec('PRAGMA synchronous = NORMAL');
    const row = sqlite.prepare('SELECT room FROM rooms WHERE id = ?').get(roomId);
    const room = Number(row?.['room']);
    const log = new SqliteEntries(sqlite, room, new Indexing(sqlite));
    const sync = new WalSync(path);
    return {
      store: new SqliteHub(sqlite, room, log, sync),
      close() {
        sqlite.close();
        sync.close();
      },
    };
  } catch (error) {
    throw storageError(error, 'its database');
  }
}
