import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { number, target } from '../findings.ts';
import { attempt } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { medianOf } from '../statistics.ts';
import { keepRooms } from '../window/kept-rooms.ts';
import { openPage, startApp } from '../window/app.ts';
import type { RunningApp } from '../window/app.ts';
import { PACE_HEAD, paceFigures, paceRow, shownOf } from '../window/pace.ts';
import { goTo, roomButton, searchFor } from '../window/page.ts';
import { inBrowser } from '../window/stage.ts';
import { traced } from '../window/trace.ts';
import type { Pace } from '../window/trace.ts';

const ARCHIVE = { name: 'Archive', entries: 100_000 };
const ANNEX = { name: 'Annex', entries: 10_000 };
/** How often one goes from room to room. */
const SWITCHES = 20;
/** How long one looks at the rooms there are before one chooses, in ms: the browser has loaded the page by then. */
const LOOK_MS = 1_000;

/** Words of which there are many, some and few, as they are typed. */
const QUERY = 'printer coffee';

interface Round {
  readonly opening: Pace;
  readonly switching: Pace;
  readonly searching: Pace;
  /** From the last key to the hits for it in the page, in ms. */
  readonly found: number;
}

/** From the last of the inputs that led there to when it is on the screen. */
const opened = ({ inputs }: Pace) => Math.max(...shownOf(inputs));

async function run(browser: Browser, app: RunningApp): Promise<Round> {
  const page = await openPage(browser, app);
  try {
    await roomButton(page, ANNEX.name).waitFor();
    await page.waitForTimeout(LOOK_MS);
    const opening = await traced(browser, page, () => goTo(page, ARCHIVE.name));
    const switching = await traced(browser, page, async () => {
      for (let turn = 0; turn < SWITCHES; turn += 1) {
        await goTo(page, (turn % 2 === 0 ? ANNEX : ARCHIVE).name);
      }
    });
    let found = NaN;
    const searching = await traced(browser, page, async () => {
      found = await searchFor(page, QUERY);
    });
    return { opening, switching, searching, found };
  } finally {
    await page.context().close();
  }
}

export const windowRooms: Scenario = {
  name: 'window-rooms',
  title: 'The window: a room of 100,000 entries opened, left for another, searched',
  run: (bench) =>
    inBrowser(bench, async (browser) => {
      const dataDir = mkdtempSync(join(bench.tools.folder, 'rooms-'));
      await keepRooms(dataDir, [ARCHIVE, ANNEX]);
      const app = await startApp(dataDir);
      const rounds: (Round | null)[] = [];
      for (let round = 1; round <= bench.rounds; round += 1) {
        const job = () => run(browser, app);
        rounds.push(await attempt(bench, 'lanyard', `round ${round}`, job));
      }
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
      const of = (phase: 'opening' | 'switching' | 'searching') =>
        rounds.map((round) => round && round[phase]);
      const [opening, switching, searching] = [of('opening'), of('switching'), of('searching')];
      const found = medianOf(rounds, (round) => round.found);
      return {
        targets: [
          target('100,000 entries opened ≤ 150 ms', medianOf(opening, opened), { max: 150 }, ' ms'),
        ],
        tables: [
          {
            title: 'From the click, or the key, to the paint of the page and to the screen',
            head: PACE_HEAD,
            rows: [
              paceRow('opening', opening),
              paceRow('switching', switching),
              paceRow('searching', searching),
            ],
          },
          {
            title: 'From the last key of a search to what was found',
            head: ['query', 'median ms'],
            rows: [[QUERY, number(found)]],
          },
        ],
        figures: {
          opening: paceFigures(opening),
          switching: paceFigures(switching),
          searching: paceFigures(searching),
          found: rounds.map((round) => round && round.found),
        },
      };
    }),
};
