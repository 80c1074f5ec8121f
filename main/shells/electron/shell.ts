/** The Electron shell: one window around the app, one app per data folder. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app as electron, dialog, powerMonitor, shell as system } from 'electron';
import type { App, AppOptions } from '../../app.ts';
import { endingError, watchCrashes } from '../../crashes.ts';
import type { CrashWatch } from '../../crashes.ts';
import { makeDataDir, namedDataDir } from '../../storage/data-dir.ts';
import { firstPage } from '../browser/first-page.ts';
import { followSettings } from './appearance.ts';
import { callForAttention } from './attention.ts';
import { addContextMenu } from './context-menu.ts';
import { createWindowController } from './window-controller.ts';
import type { WindowController } from './window-controller.ts';
import type { KeyStore } from './key-wrap.ts';
import { findLink, isLink, registerLinks } from './links.ts';
import { denyPermissions, denyRemoteContent, lockPages } from './lockdown.ts';
import { registerPageScheme, servePage } from './page-scheme.ts';
import { stopBeforeQuitting } from './quit.ts';
import { startUnlocked } from './start-unlocked.ts';

export interface ElectronShell {
  /** The folder of the built app, with `renderer/` and `preload/` in it. */
  readonly dist: string;
  readonly startApp: (options: AppOptions) => Promise<App>;
  /** Where the system keeps secrets; asked once Electron is ready. */
  readonly findKeyStore: () => Promise<KeyStore>;
}

/**
 * Runs until the person quits. Has to be called before Electron is ready, and returns at once:
 * Electron becomes ready only after the program's modules have run.
 */
export function runElectronShell(shell: ElectronShell): void {
  const crashes = watchCrashes(({ message }) => dialog.showErrorBox('Lanyard', message));
  run(shell, crashes).catch((error: unknown) => {
    dialog.showErrorBox('Lanyard cannot start', endingError(error).message);
    electron.exit(1);
  });
}

async function run(shell: ElectronShell, crashes: CrashWatch): Promise<void> {
  const dataDir = useDataDir(process.argv);
  // The one that has the data folder already gets `second-instance`.
  if (!electron.requestSingleInstanceLock()) return electron.quit();
  registerPageScheme();
  lockPages();

  let controller: WindowController | null = null;
  let linkToOpen = findLink(process.argv);
  const openLink = (link: string): void => {
    if (controller === null) linkToOpen = link;
    else controller.command({ do: 'open-link', link });
  };
  electron.on('second-instance', (_, args) => {
    const link = findLink(args);
    if (link === null) controller?.show();
    else openLink(link);
  });
  electron.on('open-url', (event, url) => {
    event.preventDefault();
    if (isLink(url)) openLink(url);
  });
  electron.on('activate', () => controller?.show());
  electron.on('window-all-closed', () => {
    // On macOS an app lives on without a window, and a hosted room with it.
    if (process.platform !== 'darwin') electron.quit();
  });

  await electron.whenReady();
  try {
    controller = await open(shell, dataDir, crashes);
  } catch (error) {
    const page = await firstPage(dataDir, error);
    if (page === null) throw error;
    await system.openExternal(page);
    return electron.exit(0);
  }
  if (controller === null) return;
  if (linkToOpen === null) controller.show();
  else openLink(linkToOpen);
}

/** Null when the person quits before the app has started. */
async function open(
  { dist, startApp, findKeyStore }: ElectronShell,
  dataDir: string,
  crashes: CrashWatch,
): Promise<WindowController | null> {
  denyPermissions();
  denyRemoteContent();
  servePage(join(dist, 'renderer'));
  registerLinks();
  const locale = electron.getPreferredSystemLanguages()[0] ?? electron.getLocale();
  const starting = findKeyStore().then((store) =>
    startUnlocked(
      (keyWrap) => startApp({ dataDir, locale, keyWrap, shell: 'desktop' }),
      store,
      locale,
    ),
  );
  // What is half started has to be stopped too.
  const isQuitting = stopBeforeQuitting(async () => (await starting).stop());
  const app = await starting;
  if (isQuitting()) return null;
  crashes.survive(app);
  void app.restore();
  powerMonitor.on('resume', () => app.wake());

  const controller = createWindowController(app, {
    dataDir,
    preload: join(dist, 'preload/preload.cjs'),
  });
  const words = followSettings(app.bridge, locale, controller.command);
  electron.on('web-contents-created', (_, contents) => addContextMenu(contents, words));
  callForAttention(app.bridge, {
    window: controller.window,
    onClick: (key) => controller.command({ do: 'show-room', key }),
  });
  return controller;
}

/** Settles on the data folder: `--data-dir`, or the usual one of the system. Throws data-dir-*. */
function useDataDir(args: string[]): string {
  const { values } = parseArgs({
    args,
    options: { 'data-dir': { type: 'string' } },
    // Electron and Chromium have options of their own.
    strict: false,
  });
  const given = values['data-dir'];
  const dataDir = typeof given === 'string' ? namedDataDir(given) : electron.getPath('userData');
  const sessionData = join(dataDir, 'window');
  makeDataDir(sessionData);
  electron.setPath('userData', dataDir);
  electron.setPath('sessionData', sessionData);
  return dataDir;
}
