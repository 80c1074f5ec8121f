import { LanyardError } from '../errors.ts';

/** What SQLite's primary result codes mean here. */
const MEANINGS = {
  // The tables are not those this Lanyard made.
  1: 'foreign',
  5: 'busy',
  8: 'unwritable',
  10: 'failed',
  11: 'damaged',
  13: 'full',
  14: 'unwritable',
  26: 'damaged',
} as const;

/** A folder on a read-only disk cannot be made for ENOENT. */
const UNWRITABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'ENOENT',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
]);

const FULL = new Set(['ENOSPC', 'EDQUOT']);

type Meaning = (typeof MEANINGS)[keyof typeof MEANINGS];

/** What an error of SQLite means, or null when it is none of those one can do something about. */
export function sqliteCode(error: unknown): Meaning | null {
  if (!isSqliteError(error)) return null;
  const primary = Number(error.errcode) & 0xff;
  return isKnown(primary) ? MEANINGS[primary] : null;
}

/**
 * The error as a person is told it, with what SQLite seldom says as its cause; what is none of the
 * disk is passed on as it is.
 */
export function storageError(error: unknown, place: string): unknown {
  const system = error instanceof Error && 'code' in error ? error.code : null;
  if (FULL.has(String(system)) || sqliteCode(error) === 'full') {
    return new LanyardError({ code: 'storage-full' });
  }
  if (UNWRITABLE.has(String(system)) || sqliteCode(error) === 'unwritable') {
    return new LanyardError({ code: 'data-dir-unwritable', details: { place } });
  }
  if (isSqliteError(error) || (error instanceof Error && 'syscall' in error)) {
    return new LanyardError(
      { code: 'storage-failed', details: { place } },
      sqliteCode(error) === null ? error : undefined,
    );
  }
  return error;
}

function isSqliteError(error: unknown): error is Error & { readonly errcode: unknown } {
  return error instanceof Error && 'errcode' in error;
}

function isKnown(code: number): code is keyof typeof MEANINGS {
  return Object.hasOwn(MEANINGS, code);
}
