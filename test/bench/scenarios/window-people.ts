import type { Bench } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { PACE_HEAD, paceFigures, paceRow, typingTargets } from '../window/pace.ts';
import { checkPeople, typeFor } from '../window/page.ts';
import { roundsOnStage } from '../window/stage.ts';
import type { Stage } from '../window/stage.ts';
import { traced } from '../window/trace.ts';
import type { Browser } from '@playwright/test';
import type { Pace } from '../window/trace.ts';

const PEOPLE = 2_000;
/** How many more come in, and how many of them a second. */
const MORE = 200;
const A_SECOND = 50;

interface Round {
  readonly arriving: Pace;
  readonly typing: Pace;
}

async function run(browser: Browser, bench: Bench, stage: Stage): Promise<Round> {
  const { page } = stage;
  const more = bench.quick ? MORE / 2 : MORE;
  await stage.bring({ members: PEOPLE });
  const arriving = await traced(browser, page, async () => {
    await stage.join();
    // The host is one of them, and so is oneself.
    await checkPeople(page, PEOPLE + 2);
  });
  await stage.bring({ members: 0, joins: A_SECOND, count: more });
  const typing = await traced(browser, page, () => typeFor(page, (more / A_SECOND) * 1000));
  await checkPeople(page, PEOPLE + more + 2);
  return { arriving, typing };
}

export const windowPeople: Scenario = {
  name: 'window-people',
  title: 'The window: 2,000 people in a room, and 50 more a second',
  async run(bench) {
    const rounds = await roundsOnStage(bench, (browser, stage) => run(browser, bench, stage));
    const of = (phase: keyof Round) => rounds.map((round) => round && round[phase]);
    const [arriving, typing] = [of('arriving'), of('typing')];
    return {
      targets: typingTargets(typing),
      tables: [
        {
          title: 'While others come in',
          head: PACE_HEAD,
          rows: [paceRow('coming in oneself', arriving), paceRow('typing', typing)],
        },
      ],
      figures: { arriving: paceFigures(arriving), typing: paceFigures(typing) },
    };
  },
};
