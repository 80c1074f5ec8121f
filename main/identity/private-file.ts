/**
 * A file only its owner may read, which several processes may want to create at once: it is there
 * whole or not at all, and is never overwritten by who did not know of it. These reject with the
 * system's error.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readFile, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { decodeText } from '../storage/text-encoding.ts';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

export interface PrivateText {
  readonly text: string;
  /** Others may read it, and that could not be changed. */
  readonly exposed: boolean;
}

/** What is in the file, which nobody else may read from now on; null when there is none. */
export async function readPrivate(path: string): Promise<PrivateText | null> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    const text = textIn(await file.readFile());
    return { text, exposed: !(await isPrivate(file)) };
  } finally {
    await file.close();
  }
}

/** Writes a file that is not there yet; false when one is there by now, which stays as it is. */
export function createPrivate(path: string, text: string): Promise<boolean> {
  return withTemporary(path, text, (temporary) => putWhereNothingIs(temporary, path));
}

/** Writes the file anew. */
export function replacePrivate(path: string, text: string): Promise<void> {
  return withTemporary(path, text, (temporary) => rename(temporary, path));
}

/**
 * Moves the file to a name never used before and tells it. Null when the file is no longer the one
 * with this text: then another process has dealt with it, and what is there now stays.
 */
export async function setAside(path: string, text: string): Promise<string | null> {
  const aside = `${path}.damaged-${freshSuffix()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  // What was moved can be newer than what was read.
  if (textIn(await readFile(aside)) === text) return aside;
  if (await putWhereNothingIs(aside, path)) await rm(aside);
  return null;
}

/** What is no text is a text that no other bytes give. */
function textIn(bytes: Buffer): string {
  try {
    return decodeText(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** Makes it so, where it is not. */
async function isPrivate(file: FileHandle): Promise<boolean> {
  // Windows has no such modes: there the folder's rights hold.
  if (process.platform === 'win32' || ((await file.stat()).mode & OTHERS) === 0) return true;
  try {
    await file.chmod(OWNER_ONLY);
    return true;
  } catch {
    return false;
  }
}

/** Gives `path` what is in `from`, unless something is there: false then. */
async function putWhereNothingIs(from: string, path: string): Promise<boolean> {
  try {
    await link(from, path).catch(async (error: unknown) => {
      if (hasCode(error, 'EEXIST')) throw error;
      // A file system without links, as on a memory stick.
      await copyFile(from, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function withTemporary<Result>(
  path: string,
  text: string,
  place: (temporary: string) => Promise<Result>,
): Promise<Result> {
  const temporary = `${path}.new-${freshSuffix()}`;
  try {
    const file = await open(temporary, 'wx', OWNER_ONLY);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return await place(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

function freshSuffix(): string {
  return randomBytes(8).toString('hex');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
