/** A room with the window in it, and what is set up around that. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startHub } from '../hubs.ts';
import type { Bench } from '../rounds.ts';
import { openBrowser, openPage, startApp } from './app.ts';
import type { Crowd, CrowdOptions } from './crowd.ts';
import { startCrowd } from './crowd.ts';
import { joinRoom } from './page.ts';

export interface Stage {
  readonly page: Page;
  /** Brings people into the room. */
  bring(options: CrowdOptions): Promise<Crowd>;
  /** Comes into the room. */
  join(): Promise<void>;
}

/** Runs a job in a browser of its own. */
export async function inBrowser<Result>(
  { tools }: Bench,
  job: (browser: Browser) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tools.folder, 'browser-'));
  const browser = await openBrowser(folder);
  try {
    return await job(browser);
  } finally {
    await browser.close();
  }
}

/** Runs a job with an empty room and the window of somebody who is not in it yet. */
export async function onStage<Result>(
  browser: Browser,
  { tools }: Bench,
  job: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const ends: (() => Promise<void>)[] = [];
  const dataDir = mkdtempSync(join(tools.folder, 'app-'));
  try {
    const hub = await startHub('lanyard', tools, {});
    ends.push(() => hub.stop());
    const port = Number(hub.options['port']);
    const app = await startApp(dataDir);
    ends.push(() => app.stop());
    const page = await openPage(browser, app);
    ends.push(() => page.context().close());
    return await job({
      page,
      async bring(options) {
        const crowd = await startCrowd(port, options);
        ends.push(() => crowd.stop());
        return crowd;
      },
      join: () => joinRoom(page, port),
    });
  } finally {
    for (const end of ends.toReversed()) await end();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
