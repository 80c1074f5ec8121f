/** Opens the window: on the desktop where that is possible, otherwise in the browser. */
import { fileURLToPath } from 'node:url';
import { startApp } from '../app.ts';
import { LanyardError } from '../errors.ts';
import type { CrashWatch } from '../crashes.ts';
import { showFirstPage, startBrowserShell } from './browser/browser-shell.ts';
import { firstPage } from './browser/first-page.ts';
import { findElectron, launchElectron } from './electron/launch.ts';
import { untilInterrupted } from './terminal/interrupt.ts';
import type { OpenCommand } from './terminal/commands.ts';
import { warnOfProblems } from './terminal/warn-of-problems.ts';

/** The folder with package.json, two above the bundle. */
const APP_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Fetching that takes no longer than this, in ms, needs no word: it failed, or it was quick. */
const FETCH_NOTICE_MS = 1_500;

/** Resolves to the exit code. Rejects with electron-missing, electron-failed, port-in-use, and as `startApp`. */
export async function openApp(command: OpenCommand, crashes: CrashWatch): Promise<number> {
  if (command.shell !== 'browser') {
    let notice: NodeJS.Timeout | undefined;
    const electron = await findElectron(() => {
      notice = setTimeout(() => print('Fetching Electron, once…'), FETCH_NOTICE_MS);
    });
    clearTimeout(notice);
    if ('path' in electron) {
      const args = [`--data-dir=${command.dataDir}`];
      return launchElectron(electron.path, APP_ROOT, args).catch(notStarted);
    }
    if (command.shell === 'electron') {
      throw new LanyardError({ code: 'electron-missing', details: { why: electron.reason } });
    }
    print(`${electron.reason} Lanyard opens in your browser instead.`);
  }
  const interrupted = untilInterrupted();
  // A formatter would tell the same, 18 ms later.
  const { port, open, dataDir } = command;
  let app;
  try {
    app = await startApp({ dataDir, locale: navigator.language, shell: 'browser' });
  } catch (error) {
    const page = await Promise.race([firstPage(dataDir, error), interrupted.then(() => null)]);
    if (page === null) throw error;
    await showFirstPage(page, { open, print });
    return 0;
  }
  crashes.survive(app);
  // Perhaps no page is open to tell them.
  warnOfProblems(app.bridge, (line) => process.stderr.write(`${line}\n`));
  void app.restore();
  try {
    const page = await startBrowserShell(app, { port, open, print });
    await interrupted;
    await page.stop();
  } finally {
    await app.stop();
  }
  return 0;
}

function notStarted(error: NodeJS.ErrnoException): never {
  throw new LanyardError({ code: 'electron-failed', details: { why: error.code ?? 'unknown' } });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
