import type { Bench } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { PACE_HEAD, paceFigures, paceRow, smoothTarget, typingTargets } from '../window/pace.ts';
import { checkArrived, scrollFor, typeFor } from '../window/page.ts';
import { roundsOnStage } from '../window/stage.ts';
import type { Stage } from '../window/stage.ts';
import { traced } from '../window/trace.ts';
import type { Browser } from '@playwright/test';
import type { Pace } from '../window/trace.ts';

/** Messages a second. */
const RATE = 200;
const MEMBERS = 10;

/** How long one types, and how long one scrolls, while they come; how long nobody speaks before. In s. */
const SECONDS = 10;
const QUIET_SECONDS = 2;
/** What is said before one looks, in s. */
const WARM_SECONDS = 2;

interface Round {
  readonly quiet: Pace;
  readonly typing: Pace;
  readonly scrolling: Pace;
}

async function run(browser: Browser, bench: Bench, stage: Stage): Promise<Round> {
  const { page } = stage;
  const seconds = bench.quick ? 3 : SECONDS;
  await stage.join();
  const quiet = await traced(browser, page, () => typeFor(page, QUIET_SECONDS * 1000));
  const count = RATE * (WARM_SECONDS + 2 * seconds);
  const crowd = await stage.bring({ members: MEMBERS, rate: RATE, count });
  await page.waitForTimeout(WARM_SECONDS * 1000);
  const typing = await traced(browser, page, () => typeFor(page, seconds * 1000));
  const scrolling = await traced(browser, page, () => scrollFor(page, seconds * 1000));
  await crowd.said;
  await checkArrived(page, count);
  return { quiet, typing, scrolling };
}

export const windowTraffic: Scenario = {
  name: 'window-traffic',
  title: 'The window: 200 messages a second while one types, and while one scrolls',
  async run(bench) {
    const rounds = await roundsOnStage(bench, (browser, stage) => run(browser, bench, stage));
    const of = (phase: keyof Round) => rounds.map((round) => round && round[phase]);
    const [quiet, typing, scrolling] = [of('quiet'), of('typing'), of('scrolling')];
    return {
      targets: [...typingTargets(typing), smoothTarget('Scrolling', scrolling)],
      tables: [
        {
          title: 'From the browser’s having the key to the paint of the page, and to the screen',
          head: PACE_HEAD,
          rows: [
            paceRow('typing, nobody speaks', quiet),
            paceRow('typing', typing),
            paceRow('scrolling', scrolling),
          ],
        },
      ],
      figures: {
        quiet: paceFigures(quiet),
        typing: paceFigures(typing),
        scrolling: paceFigures(scrolling),
      },
    };
  },
};
