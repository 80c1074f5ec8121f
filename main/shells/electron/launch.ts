/** Finds Electron and starts it, from plain Node: this module must not import `electron`. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** ms without a new byte after which fetching Electron is given up. */
const STALL_LIMIT = 20_000;

export type FoundElectron =
  | { readonly path: string }
  /** Why there can be no window here, as one sentence for the person. */
  | { readonly reason: string };

/**
 * Finds an Electron that can open a window here. Where its runtime was never fetched it is
 * fetched now, which `onFetch` hears about before it starts.
 */
export async function findElectron(onFetch: () => void): Promise<FoundElectron> {
  const reason = whyNoWindow();
  if (reason !== null) return { reason };
  const folder = electronPackage();
  if (folder === null) return { reason: 'Electron is not installed.' };
  const present = executable(folder);
  if (present !== null) return { path: present };
  onFetch();
  // Where there is no place for what is fetched, it could not be fetched.
  const isFetched = await fetchElectron(folder).catch(() => false);
  const fetched = isFetched ? executable(folder) : null;
  return fetched === null
    ? { reason: 'Electron’s runtime is not installed and could not be fetched.' }
    : { path: fetched };
}

/**
 * Starts Electron on the app in `root` (the folder of its package.json). Signals go on to it;
 * resolves to the exit code, in the way of shells 128 + n after signal n. Rejects with the system's
 * error when it cannot be started.
 */
export async function launchElectron(
  path: string,
  root: string,
  args: readonly string[],
): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(path, [root, ...args], {
    stdio: 'inherit',
    env,
    // In a process group of its own it is not interrupted by the terminal as well as from here.
    detached: process.platform !== 'win32',
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const forward = (signal: NodeJS.Signals): void => {
    // One is enough to quit; Chromium takes a second one as an order to end without goodbyes.
    if (!child.killed) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  try {
    return await exitCode(child);
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

/** Why no window could be opened whatever is installed, or null when one could. */
function whyNoWindow(): string | null {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) {
    return 'A desktop window needs an ordinary user: Electron does not run safely as root.';
  }
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return 'There is no display for a desktop window here.';
  }
  return null;
}

/** The folder of the installed `electron` package, or null. */
function electronPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** The program the package has fetched, or the one the environment names instead; null if neither. */
function executable(folder: string): string | null {
  const nameFile = join(folder, 'path.txt');
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : dist && 'electron';
  if (!name) return null;
  const path = join(dist || join(folder, 'dist'), name);
  return existsSync(path) ? path : null;
}

/** Runs the package's own installer, quietly; false when it failed or stopped making progress. */
async function fetchElectron(folder: string): Promise<boolean> {
  const temporary = await mkdtemp(join(tmpdir(), 'lanyard-electron-'));
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    // Downloads land in a folder of their own, so that their progress can be seen.
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  let seen = 0;
  let lastProgress = Date.now();
  const look = async (): Promise<void> => {
    const now = (await bytesIn(temporary)) + (await bytesIn(join(folder, 'dist')));
    if (now !== seen) [seen, lastProgress] = [now, Date.now()];
    else if (Date.now() - lastProgress > STALL_LIMIT) child.kill();
  };
  const watch = setInterval(() => void look(), 1_000);
  try {
    return (await exitCode(child)) === 0;
  } finally {
    clearInterval(watch);
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The size of all files in a folder; what vanishes while counting counts as nothing. */
async function bytesIn(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = files.map(async (file) => (await stat(join(file.parentPath, file.name))).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}

async function exitCode(child: ChildProcess): Promise<number> {
  const [code, signal]: (number | NodeJS.Signals | null)[] = await once(child, 'exit');
  if (typeof signal === 'string') return 128 + constants.signals[signal];
  return Number(code);
}
