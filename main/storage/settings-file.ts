/** The settings on disk: read once, written whole, never left half. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Settings } from '../model/settings.ts';
import { LanyardError } from '../errors.ts';
import { normalizeName } from '../protocol/names.ts';
import { makeFolder } from './data-dir.ts';
import { decodeText } from './text-encoding.ts';

const DEFAULTS: Settings = {
  name: null,
  language: 'system',
  theme: 'system',
  notifications: 'mentions',
};

/** A single value that cannot be used falls back alone; the others stay. */
const schema = v.object({
  name: v.fallback(
    v.nullable(
      v.pipe(
        v.string(),
        v.check((name) => normalizeName(name).ok),
      ),
    ),
    DEFAULTS.name,
  ),
  language: v.fallback(v.picklist(['system', 'en', 'zh-CN']), DEFAULTS.language),
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), DEFAULTS.theme),
  notifications: v.fallback(v.picklist(['off', 'mentions', 'all']), DEFAULTS.notifications),
});

const anyObject = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.looseObject({}),
);

/** Settings with a place to keep them; without one they last until the app ends. */
export class SettingsFile {
  readonly #path: string;
  #settings: Settings;
  #writing: Promise<void> = Promise.resolve();
  /** What went wrong with the file, for the person to know. */
  readonly problems: LanyardError[] = [];

  /** Never throws: what cannot be read is set aside, and `problems` says so. */
  constructor(dataDir: string) {
    this.#path = join(dataDir, 'settings.json');
    this.#settings = this.#read(dataDir);
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Changes settings at once; rejects with data-dir-unwritable when they cannot be kept. */
  async change(change: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change };
    const write = this.#writing.then(() => this.#write());
    this.#writing = write.catch(() => undefined);
    await write;
  }

  #read(dataDir: string): Settings {
    try {
      makeFolder(dataDir);
    } catch {
      this.problems.push(unwritable(dataDir));
      return DEFAULTS;
    }
    try {
      const kept: unknown = JSON.parse(decodeText(readFileSync(this.#path)));
      return v.parse(schema, { ...DEFAULTS, ...v.parse(anyObject, kept) });
    } catch (error) {
      if (!isMissing(error)) this.#setAside();
      return DEFAULTS;
    }
  }

  /** Whatever it is: the next change would be written over it. */
  #setAside() {
    const aside = freeName(`${this.#path}.damaged`);
    try {
      renameSync(this.#path, aside);
    } catch {
      this.problems.push(unwritable(this.#path));
      return;
    }
    this.problems.push(new LanyardError({ code: 'settings-unreadable', details: { file: aside } }));
  }

  async #write(): Promise<void> {
    const temporary = `${this.#path}.new`;
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(this.#settings, null, 2)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
    } catch {
      throw unwritable(this.#path);
    }
  }
}

/** What was set aside before stays. */
function freeName(name: string): string {
  for (let number = 2, free = name; ; number += 1) {
    if (!existsSync(free)) return free;
    free = `${name}-${number}`;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unwritable(path: string): LanyardError {
  return new LanyardError({ code: 'data-dir-unwritable', details: { place: path } });
}
