/** A room with the window in it, and what is set up around that. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startHub } from '../hubs.ts';
import { IS_PINNED } from '../processes.ts';
import { attempt } from '../rounds.ts';
import type { Bench } from '../rounds.ts';
import type { Rounds } from '../statistics.ts';
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
  stayOnCores('0');
  const browser = await openBrowser(folder);
  try {
    return await job(browser);
  } finally {
    await browser.close();
    stayOnCores(`0-${cpus().length - 1}`);
  }
}

/** The bench itself, which leads the browser, is not to be on its core. */
function stayOnCores(cores: string): void {
  if (IS_PINNED) spawnSync('taskset', ['-acp', cores, String(process.pid)]);
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

/** A round a stage, in a browser for all of them; null for a round that failed. */
export function roundsOnStage<Result>(
  bench: Bench,
  run: (browser: Browser, stage: Stage) => Promise<Result>,
): Promise<Rounds<Result>> {
  return inBrowser(bench, async (browser) => {
    const rounds: (Result | null)[] = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      const job = () => onStage(browser, bench, (stage) => run(browser, stage));
      rounds.push(await attempt(bench, 'lanyard', `round ${round}`, job));
    }
    return rounds;
  });
}
