/** The built app in the browser shell, and its page in a Chromium beside it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { findChromium, QUIET_ARGUMENTS } from '../../runner/chromium.ts';
import { end, firstLine, IS_PINNED, start } from '../processes.ts';

const CLI = fileURLToPath(new URL('../../../dist/main/cli.js', import.meta.url));

/** The core the server is not on. */
const CORE = '1';

export interface RunningApp {
  /** Where its page is. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Rejects when it does not come up. */
export async function startApp(dataDir: string): Promise<RunningApp> {
  if (!existsSync(CLI)) throw new Error('There is no dist/main/cli.js: run npm run build.');
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ name: 'Ann' }));
  const options = ['open', '--shell=browser', '--no-open', `--data-dir=${dataDir}`];
  const child = start('server', [process.execPath, CLI, ...options]);
  const [, url = ''] = /ready at (http\S+)$/.exec(await firstLine(child)) ?? [];
  return { url, stop: () => end(child) };
}

/** A Chromium that leaves the server its core; `folder` goes with the bench. */
export async function openBrowser(folder: string): Promise<Browser> {
  const installed = findChromium();
  if (installed === null) throw new Error('There is no Chromium: name one with LANYARD_CHROMIUM.');
  let executablePath = installed;
  if (IS_PINNED) {
    executablePath = join(folder, 'chromium');
    const script = `#!/bin/sh\nexec taskset -c ${CORE} '${installed}' "$@"\n`;
    writeFileSync(executablePath, script, { mode: 0o755 });
  }
  return chromium.launch({ executablePath, args: QUIET_ARGUMENTS });
}

/** An empty page in a browser that knows nothing. */
export async function emptyPage(browser: Browser): Promise<Page> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'en-US' });
  return context.newPage();
}

/** The app's page. */
export async function openPage(browser: Browser, { url }: RunningApp): Promise<Page> {
  const page = await emptyPage(browser);
  await page.goto(url);
  return page;
}
