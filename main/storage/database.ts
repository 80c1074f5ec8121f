/** The one database of a data folder: locked, checked, and brought up to date. */
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LanyardError } from '../errors.ts';
import type { ErrorCode } from '../model/error-codes.ts';
import { Damaged } from './damaged.ts';
import { makeDataDir } from './data-dir.ts';
import { folderInUse, tellHolder, withdrawHolder } from './folder-holder.ts';
import type { Shell } from './folder-holder.ts';
import { checkVersion, migrate, NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import { parseOldPassphrase, parseOldRecord, parseOldRules } from './old-rooms.ts';
import { parseEpoch, parseEvent } from './kept-json.ts';
import { parseRecord } from './room-record.ts';
import { storageError, sqliteCode } from './storage-errors.ts';

/** The database's file in the data folder. */
export const DATABASE = 'lanyard.db';

/** How long whoever has just locked a folder may take to tell that it has it, in ms. */
const TELLING_MS = 50;

/** How long another process may hold up this one, in ms: while it opens or closes the same file. */
export const BUSY_MS = 2_000;

export interface Database {
  readonly sqlite: DatabaseSync;
  /** What the person should know of how it was opened. */
  readonly problems: readonly LanyardError[];
  readonly close: () => void;
}

/**
 * Opens the database of a data folder for this process alone, which tells others that it has it, as
 * what it is. One that is damaged is set aside,
 * never overwritten, and `problems` says so. Throws data-dir-invalid, data-dir-unwritable,
 * data-dir-in-use, storage-full, database-newer.
 */
export function openDatabase(dataDir: string, shell: Shell | null = null): Database {
  const unlock = lockFolder(dataDir, shell);
  const path = join(dataDir, DATABASE);
  const problems: LanyardError[] = [];
  try {
    let sqlite;
    try {
      sqlite = openSound(path);
    } catch (error) {
      if (!isDamage(error)) throw error;
      problems.push(setAside(path));
      sqlite = openSound(path);
    }
    const opened = sqlite;
    return {
      sqlite,
      problems,
      close: () => {
        opened.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw openingError(error, dataDir);
  }
}

/**
 * Opens the database of a data folder for reading, without a lock. Throws nothing-kept,
 * database-unreadable, database-damaged, database-older, database-newer, storage-full.
 */
export function openForReading(dataDir: string): DatabaseSync {
  const path = join(dataDir, DATABASE);
  if (!existsSync(path)) {
    throw new LanyardError({ code: 'nothing-kept', details: { folder: dataDir } });
  }
  try {
    const sqlite = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
    if (checkVersion(sqlite) < SCHEMA_VERSION) {
      throw new LanyardError({ code: 'database-older', details: { folder: dataDir } });
    }
    checkSound(sqlite);
    checkRecords(sqlite);
    return sqlite;
  } catch (error) {
    if (!isDamage(error)) throw readingError(openingError(error, dataDir), dataDir);
    throw new LanyardError({
      code: 'database-damaged',
      details: { folder: dataDir, keptAs: null },
    });
  }
}

function openingError(error: unknown, dataDir: string): unknown {
  return error instanceof NewerSchema
    ? new LanyardError({ code: 'database-newer', details: { folder: dataDir } })
    : storageError(error, dataDir);
}

/** What keeps one from writing keeps others from reading. */
function readingError(error: unknown, dataDir: string): unknown {
  if (!(error instanceof LanyardError) || !UNREADABLE.has(error.code)) return error;
  return new LanyardError({ code: 'database-unreadable', details: { folder: dataDir } });
}

const UNREADABLE: ReadonlySet<ErrorCode> = new Set(['data-dir-unwritable', 'storage-failed']);

/** Opens, checks and migrates; throws what SQLite says, and then has changed nothing. */
function openSound(path: string): DatabaseSync {
  if (isCutToNothing(path)) throw new Damaged();
  // What was said is its owner's alone to read; SQLite gives its other files the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const sqlite = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    checkVersion(sqlite);
    checkSound(sqlite);
    migrate(sqlite);
    checkRecords(sqlite);
    prepareConnection(sqlite);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** How every connection that writes does so. */
export function prepareConnection(sqlite: DatabaseSync): void {
  // FULL: an entry that was confirmed survives a power cut, not only the end of the process.
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  // What a room forgets is gone from the file too.
  sqlite.exec('PRAGMA secure_delete = ON');
}

/**
 * The lock is a second database held in an exclusive transaction: the system gives it up when the
 * process ends, however it ends, on every platform. Returns what gives it up.
 */
function lockFolder(dataDir: string, shell: Shell | null): () => void {
  let lock;
  try {
    makeDataDir(dataDir);
    const taken = new DatabaseSync(join(dataDir, 'lanyard.lock'), { timeout: TELLING_MS });
    lock = taken;
    taken.exec('BEGIN EXCLUSIVE');
    if (shell !== null) tellHolder(dataDir, { shell, page: null });
    return () => {
      if (shell !== null) withdrawHolder(dataDir);
      taken.close();
    };
  } catch (error) {
    lock?.close();
    if (sqliteCode(error) === 'busy') throw folderInUse(dataDir);
    throw storageError(error, dataDir);
  }
}

function checkSound(sqlite: DatabaseSync): void {
  const check = sqlite.prepare('PRAGMA quick_check(1)').get();
  if (check?.['quick_check'] !== 'ok') throw new Damaged();
}

/** What is read as JSON, by table and column. Each throws Damaged for what is not what it should be. */
const KEPT_AS_JSON: readonly (readonly [table: string, column: string, (text: string) => void])[] =
  [
    ['rooms', 'record', checkRecord],
    ['epochs', 'record', parseEpoch],
    ['outbox', 'event', parseEvent],
    ['old_rooms', 'record', parseOldRecord],
    ['old_rules', 'rules', parseOldRules],
    ['old_rules', 'passphrase', parseOldPassphrase],
  ];

function checkRecords(sqlite: DatabaseSync): void {
  for (const [table, column, check] of KEPT_AS_JSON) {
    const rows = sqlite.prepare(`SELECT ${column} AS kept FROM ${table} WHERE kept IS NOT NULL`);
    for (const { kept } of rows.iterate()) check(String(kept));
  }
}

function checkRecord(text: string): void {
  if (!parseRecord(text)) throw new Damaged();
}

/** SQLite throws away what has not reached an empty file yet, as if it had never been. */
function isCutToNothing(path: string): boolean {
  return sizeOf(path) === 0 && sizeOf(`${path}-wal`) > 0;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** What is not as this Lanyard left it counts as damaged too. */
function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return error instanceof Damaged || code === 'damaged' || code === 'foreign';
}

function setAside(path: string): LanyardError {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '.')}`;
  // What was written last may be in the -wal file alone.
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return new LanyardError({
    code: 'database-damaged',
    details: { folder: dirname(path), keptAs: aside },
  });
}
