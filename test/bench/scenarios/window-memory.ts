import { number, target } from '../findings.ts';
import { attempt } from '../rounds.ts';
import type { Bench } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { checkArrived, heapOf } from '../window/page.ts';
import { inBrowser, onStage } from '../window/stage.ts';
import type { Stage } from '../window/stage.ts';

/** An hour at 20 messages a second. */
const MESSAGES = 72_000;
/** How many of them come in a second here. */
const RATE = 3_000;
const MEMBERS = 20;

/** In so many parts, with a look at the heap after each, when all of it has arrived. */
const PARTS = 6;

/** What the page has to draw of their going, in ms. */
const REST_MS = 500;

/** Bytes, after each part. */
async function run({ quick }: Bench, stage: Stage): Promise<readonly number[]> {
  const { page } = stage;
  const count = (quick ? MESSAGES / 10 : MESSAGES) / PARTS;
  await stage.join();
  const heaps: number[] = [];
  for (let part = 1; part <= PARTS; part += 1) {
    const crowd = await stage.bring({ members: MEMBERS, rate: RATE, count });
    await crowd.said;
    await checkArrived(page, part * count);
    await crowd.stop();
    await page.waitForTimeout(REST_MS);
    heaps.push(await heapOf(page));
  }
  return heaps;
}

export const windowMemory: Scenario = {
  name: 'window-memory',
  title: 'The window: an hour of 20 messages a second, replayed fast',
  run: (bench) =>
    inBrowser(bench, async (browser) => {
      const job = () => onStage(browser, bench, (stage) => run(bench, stage));
      const heaps = (await attempt(bench, 'lanyard', 'the hour', job)) ?? [NaN];
      const [first = NaN, ...later] = heaps;
      const furthest = Math.max(...later.map((heap) => Math.abs(heap / first - 1) * 100));
      return {
        targets: [target('Heap flat within ± 10 %', furthest, { max: 10 }, ' %')],
        tables: [
          {
            title: 'What the scripts of the page use, after collecting garbage',
            head: ['of the hour', ...heaps.map((_, look) => `${look + 1}/${PARTS}`)],
            rows: [['MB', ...heaps.map((heap) => number(heap / 1e6))]],
          },
        ],
        figures: { heaps },
      };
    }),
};
