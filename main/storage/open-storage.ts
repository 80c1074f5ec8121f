import { LanyardError } from '../errors.ts';
import type { ErrorCode } from '../model/error-codes.ts';
import type { Shell } from './folder-holder.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { openSqliteStorage } from './sqlite-storage.ts';
import type { Storage } from './storage.ts';

/**
 * The storage of a data folder. Where nothing can be written, or with `sharing` where another
 * Lanyard has the folder, one that lasts until the app ends, and `problems` says so. Throws
 * data-dir-invalid, storage-full, database-newer and, without `sharing`, data-dir-in-use.
 */
export function openStorage(
  dataDir: string,
  sharing: boolean,
  shell: Shell | null = null,
): Storage {
  try {
    return openSqliteStorage(dataDir, shell);
  } catch (error) {
    if (!(error instanceof LanyardError) || !canDoWithout(error.code, sharing)) throw error;
    return { ...createMemoryStorage(), problems: [error] };
  }
}

function canDoWithout(code: ErrorCode, sharing: boolean): boolean {
  return code === 'data-dir-unwritable' || (sharing && code === 'data-dir-in-use');
}
