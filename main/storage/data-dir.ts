/** The folder in which this device keeps what is its own. */
import { mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { LanyardError } from '../errors.ts';
import { storageError } from './storage-errors.ts';

/** How much of a name that cannot be is told. */
const TOLD_CHARACTERS = 60;

/** What the system says of a name that no folder can have: too long, or with a NUL in it. */
const IMPOSSIBLE = new Set(['ENAMETOOLONG', 'EINVAL', 'ERR_INVALID_ARG_VALUE']);

/** Where this device's settings live when nobody says otherwise; the same for every shell. */
export function defaultDataDir(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Lanyard');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Lanyard');
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Lanyard');
  }
}

/** The whole path of a folder that was named. Throws data-dir-unnamed. */
export function namedDataDir(name: string): string {
  if (name !== '') return resolve(name);
  throw new LanyardError({ code: 'data-dir-unnamed' });
}

/**
 * Makes the data folder, or one in it, and those above it, where they are not there yet. Throws
 * data-dir-invalid for a name no folder can have, data-dir-unwritable, storage-full.
 */
export function makeDataDir(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!IMPOSSIBLE.has(code)) throw storageError(error, path);
    const told = path.length > TOLD_CHARACTERS ? `${path.slice(0, TOLD_CHARACTERS)}…` : path;
    throw new LanyardError({ code: 'data-dir-invalid', details: { folder: told } });
  }
}

/**
 * Throws the system's error. Node's own `recursive` never ends where the system says of a folder in
 * one that exists that it cannot be found, as it does in /proc.
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || isFolder(above) || above === path) throw error;
    makeFolder(above, mode);
    makeFolder(path, mode);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
