import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EngineStore } from '../hub/engine/engine-store.ts';
import { BUSY_MS, DATABASE, prepareConnection } from './database.ts';
import { WalSync } from './disk-sync.ts';
import { entryTable } from './entry-table.ts';
import { Indexing } from './indexing.ts';
import { SqliteHub } from './sqlite-hub.ts';
import { logsOf } from './sqlite-log.ts';
import { storageError } from './storage-errors.ts';

export interface OpenHubStore {
  readonly store: EngineStore;
  readonly close: () => void;
}

/**
 * What a hub keeps, over a connection of its own to a database that this process has open already:
 * the hub's thread writes there without the app's. Throws storage-*.
 */
export function openHubStore(dataDir: string, roomId: string): OpenHubStore {
  try {
    const path = join(dataDir, DATABASE);
    const sqlite = new DatabaseSync(path, { timeout: BUSY_MS });
    prepareConnection(sqlite);
    sqlite.exec('PRAGMA synchronous = NORMAL');
    const row = sqlite.prepare('SELECT room FROM rooms WHERE id = ?').get(roomId);
    const room = Number(row?.['room']);
    const logs = logsOf(entryTable(sqlite, new Indexing(sqlite)), room);
    const sync = new WalSync(path);
    return {
      store: new SqliteHub(sqlite, room, logs, sync),
      close() {
        sqlite.close();
        sync.close();
      },
    };
  } catch (error) {
    throw storageError(error, 'its database');
  }
}
