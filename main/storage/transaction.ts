import type { DatabaseSync } from 'node:sqlite';
import { storageError } from './storage-errors.ts';

/**
 * Writes all of it or nothing; inside another transaction it is a part of that one. Throws
 * storage-full, storage-failed, data-dir-unwritable.
 */
export function transaction(sqlite: DatabaseSync, write: () => void): void {
  if (sqlite.isTransaction) {
    write();
    return;
  }
  try {
    sqlite.exec('BEGIN IMMEDIATE');
    try {
      write();
      sqlite.exec('COMMIT');
    } catch (error) {
      // A full disk may have ended it already.
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
      throw error;
    }
  } catch (error) {
    throw storageError(error, 'its database');
  }
}
