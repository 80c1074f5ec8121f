/** Runs the shell on the stand-in, with the real preload script as its page's way in. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { runElectronShell } from '../../../main/shells/electron/shell.ts';
import type { KeyStore } from '../../../main/shells/electron/key-wrap.ts';
import type { ElectronShell } from '../../../main/shells/electron/shell.ts';
import type { Bridge, BridgeEvent } from '../../../preload/contract.ts';
import { BrowserWindow, app, contextBridge } from './stand-in.ts';
import { createStubApp } from './stub-app.ts';
import type { StubApp } from './stub-app.ts';

export const DIST = '/app/dist';

export interface Start {
  readonly app?: StubApp;
  /** Instead of just handing out `app`. */
  readonly startApp?: ElectronShell['startApp'];
  /** By default there is none. */
  readonly keyStore?: KeyStore;
  readonly beforeReady?: () => void;
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly dist?: string;
}

export interface StartedShell {
  readonly app: StubApp;
  readonly dataDir: string;
  /** Meets an error that nobody caught. */
  readonly crash: (error: Error) => void;
}

/** Who hears of every kind of crash, as shells do. */
function crashListeners(): readonly NodeJS.UncaughtExceptionListener[] {
  const rejections: readonly unknown[] = process.listeners('unhandledRejection');
  return process.listeners('uncaughtException').filter((each) => rejections.includes(each));
}

/** Starts the shell as far as its window; the page is not there yet. */
export async function startShell(start: Start = {}): Promise<StartedShell> {
  const stub = start.app ?? createStubApp();
  const dataDir = start.dataDir ?? temporaryFolder();
  // A shell watches for crashes for as long as its process lives; here many share one.
  for (const watch of crashListeners()) {
    for (const event of ['uncaughtException', 'unhandledRejection']) process.off(event, watch);
  }
  const argv = process.argv;
  process.argv = ['electron', '/app', `--data-dir=${dataDir}`, ...(start.args ?? [])];
  try {
    runElectronShell({
      dist: start.dist ?? DIST,
      startApp: start.startApp ?? (() => Promise.resolve(stub)),
      findKeyStore: () => Promise.resolve(start.keyStore ?? { state: 'none' }),
    });
  } finally {
    process.argv = argv;
  }
  const [watch] = crashListeners();
  if (watch === undefined) throw new Error('The shell does not watch for crashes.');
  const crash = (error: Error) => watch(error, 'uncaughtException');
  start.beforeReady?.();
  app.started.resolve();
  await turn();
  return { app: stub, dataDir, crash };
}

/** Quits as the person does, and waits until it is over. */
export async function quitShell(): Promise<void> {
  const over = once(app, 'quit');
  app.quit();
  await over;
}

/** A folder that goes with the test. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The window that is open. */
export function theWindow(): BrowserWindow {
  const window = BrowserWindow.open.at(-1);
  if (window === undefined) throw new Error('There is no window.');
  return window;
}

/** What the preload script gives to the page. */
export async function pageBridge(): Promise<Bridge> {
  await import('../../../preload/preload.ts');
  const bridge = contextBridge.exposed.get('lanyard');
  if (!isBridge(bridge)) throw new Error('The preload script exposed no bridge.');
  return bridge;
}

/** A page that listens, and what it has heard. */
export async function openPage(): Promise<{
  bridge: Bridge;
  heard: BridgeEvent[];
  end: () => void;
}> {
  const bridge = await pageBridge();
  const heard: BridgeEvent[] = [];
  const end = bridge.subscribe((event) => heard.push(event));
  return { bridge, heard, end };
}

function isBridge(value: unknown): value is Bridge {
  return typeof value === 'object' && value !== null && 'call' in value && 'subscribe' in value;
}
