/** This device's identity on disk: made at the first start, the same ever after. */
import { join } from 'node:path';
import { LanyardError } from '../errors.ts';
import { makeFolder } from '../storage/data-dir.ts';
import { createIdentity } from './device-identity.ts';
import type { DeviceIdentity } from './device-identity.ts';
import { formatIdentity, parseIdentity } from './kept-identity.ts';
import type { KeyWrap } from './key-wrap.ts';
import { createPrivate, readPrivate, replacePrivate, setAside } from './private-file.ts';

/** Each new try means that another process changed the file meanwhile. */
const MAX_TRIES = 8;

export interface OpenedIdentity {
  readonly identity: DeviceIdentity;
  /**
   * What a person has to know: identity-new (the old one could not be read and was set aside),
   * identity-exposed (others on this computer may read it), identity-unwrapped (the system's key
   * store did not take it), data-dir-unwritable (it lasts until the app ends).
   */
  readonly problems: readonly LanyardError[];
}

/**
 * The identity kept in `identity.json`, or a new one that is kept there from now on. All that start
 * at once in one folder get the same. With a `keyWrap` the private key is wrapped in the file,
 * also one that was there in plain.
 *
 * Rejects with identity-locked when the file is wrapped and there is no `keyWrap`.
 */
export async function openIdentity(
  dataDir: string,
  keyWrap: KeyWrap | null,
): Promise<OpenedIdentity> {
  const path = join(dataDir, 'identity.json');
  const problems: LanyardError[] = [];
  try {
    makeFolder(dataDir);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const identity = await tryToOpen(path, keyWrap, problems);
      if (identity) return { identity, problems };
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  problems.push(unwritable(path));
  return { identity: await createIdentity(), problems };
}

/** Null when the file is no longer what it was a moment ago. */
async function tryToOpen(
  path: string,
  keyWrap: KeyWrap | null,
  problems: LanyardError[],
): Promise<DeviceIdentity | null> {
  const file = await readPrivate(path);
  if (file === null) return createAt(path, keyWrap, problems);
  const kept = parseIdentity(file.text, keyWrap);
  switch (kept.state) {
    case 'plain':
      if (keyWrap) await wrapAt(path, kept.identity, keyWrap, problems);
      break;
    case 'wrapped':
      break;
    case 'locked':
      throw locked(path);
    case 'damaged': {
      const aside = await setAside(path, file.text);
      if (aside !== null) problems.push(isNew(aside));
      return null;
    }
  }
  if (file.exposed) problems.push(exposed(path));
  return kept.identity;
}

async function createAt(
  path: string,
  keyWrap: KeyWrap | null,
  problems: LanyardError[],
): Promise<DeviceIdentity | null> {
  const identity = await createIdentity();
  let text;
  let isWrapped = true;
  try {
    text = formatIdentity(identity, keyWrap);
  } catch {
    text = formatIdentity(identity, null);
    isWrapped = false;
  }
  if (!(await createPrivate(path, text))) return null;
  if (!isWrapped) problems.push(unwrapped(path));
  return identity;
}

async function wrapAt(
  path: string,
  identity: DeviceIdentity,
  keyWrap: KeyWrap,
  problems: LanyardError[],
): Promise<void> {
  try {
    await replacePrivate(path, formatIdentity(identity, keyWrap));
  } catch {
    problems.push(unwrapped(path));
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function isNew(aside: string): LanyardError {
  return new LanyardError({ code: 'identity-new', details: { file: aside } });
}

function locked(path: string): LanyardError {
  return new LanyardError({ code: 'identity-locked', details: { file: path } });
}

function exposed(path: string): LanyardError {
  return new LanyardError({ code: 'identity-exposed', details: { file: path } });
}

function unwrapped(path: string): LanyardError {
  return new LanyardError({ code: 'identity-unwrapped', details: { file: path } });
}

function unwritable(path: string): LanyardError {
  return new LanyardError({ code: 'data-dir-unwritable', details: { place: path } });
}
