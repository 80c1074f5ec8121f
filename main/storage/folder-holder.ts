/**
 * Who has a data folder, in a file beside the lock: whoever starts on the folder next is told, and
 * finds the page of one that has a page. The lock alone decides; the file may be of one that was
 * killed.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { LanyardError } from '../errors.ts';

const FILE = 'holder.json';

const schema = v.object({
  shell: v.picklist(['desktop', 'browser', 'host', 'chat']),
  /** The address of the page with its token, on this device's loopback; null while there is none. */
  page: v.nullable(v.pipe(v.string(), v.regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/[\w-]{32}\/$/))),
});

export type Holder = Readonly<v.InferOutput<typeof schema>>;

/** How Lanyard runs. */
export type Shell = Holder['shell'];

/** Tells who has the folder from now on. Only for who has its lock; its owner alone may read it. */
export function tellHolder(dataDir: string, holder: Holder): void {
  const path = join(dataDir, FILE);
  const temporary = `${path}.new-${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(temporary, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    // A second start is told no more then than that the folder is in use.
    remove(temporary);
  }
}

/** Takes back what was told, before the lock is given up. */
export function withdrawHolder(dataDir: string): void {
  remove(join(dataDir, FILE));
}

/** Who told that it has the folder; null when nobody did. Never throws. */
export function readHolder(dataDir: string): Holder | null {
  try {
    return v.parse(schema, JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** What to say to who cannot have the folder. */
export function folderInUse(dataDir: string): LanyardError {
  const holder = readHolder(dataDir);
  const details = { folder: dataDir, holder: holder?.shell ?? null };
  return new LanyardError({ code: 'data-dir-in-use', details });
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What stays is like what is left of one that was killed.
  }
}
