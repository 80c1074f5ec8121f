import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { number, target } from '../findings.ts';
import type { Scenario } from '../scenario.ts';
import { median } from '../statistics.ts';
import { emptyPage, startApp } from '../window/app.ts';
import { sizesOf } from '../window/sizes.ts';
import { inBrowser } from '../window/stage.ts';

const TIMES = 5;

/** From the start of `lanyard open`, in ms. */
interface Start {
  /** To the line that says where the page is. */
  readonly served: number;
  /** To the first paint of the rooms nearby, in a page that was open already and empty. */
  readonly painted: number;
}

async function start(browser: Browser, dataDir: string): Promise<Start> {
  const page = await emptyPage(browser);
  const begun = Date.now();
  const app = await startApp(dataDir);
  const served = Date.now() - begun;
  try {
    await page.goto(app.url);
    await page.getByRole('main').waitFor();
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName('first-contentful-paint')[0];
            if (paint) resolve(performance.timeOrigin + paint.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
    return { served, painted: painted - begun };
  } finally {
    await page.context().close();
    await app.stop();
  }
}

export const sizeAndStart: Scenario = {
  name: 'size-and-start',
  title: 'Size, and from starting `lanyard open` to the first paint',
  run: (bench) =>
    inBrowser(bench, async (browser) => {
      const { tools } = bench;
      const sizes = await sizesOf(tools.folder);
      const first: Start[] = [];
      const later: Start[] = [];
      const times = bench.quick ? 1 : TIMES;
      for (let time = 0; time < times; time += 1) {
        const dataDir = mkdtempSync(join(tools.folder, 'start-'));
        first.push(await start(browser, dataDir));
        later.push(await start(browser, dataDir));
        rmSync(dataDir, { recursive: true, force: true });
      }
      return {
        targets: [
          target('Renderer ≤ 60 KB gzipped', sizes.rendererGzipped / 1000, { max: 60 }, ' KB'),
        ],
        tables: [
          {
            title: 'What is shipped',
            head: ['', 'KB'],
            rows: [
              ['page, gzipped', number(sizes.rendererGzipped / 1000)],
              ['preload', number(sizes.preload / 1000)],
              ['main process', number(sizes.main / 1000)],
              ['of it read before the first page is served', number(sizes.atStart / 1000)],
              ['asar', number(sizes.asar / 1000)],
            ],
          },
          {
            title: `From the start of the process, median of ${times}`,
            head: ['', 'page served ms', 'first paint ms'],
            rows: [row('on a device that has its key', later), row('the very first time', first)],
          },
        ],
        figures: { sizes, first, later },
      };
    }),
};

function row(what: string, starts: readonly Start[]): readonly string[] {
  return [
    what,
    number(median(starts.map(({ served }) => served))),
    number(median(starts.map(({ painted }) => painted))),
  ];
}
