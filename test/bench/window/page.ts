/** What a person does with the page. */
import type { Locator, Page } from '@playwright/test';

/** Joins a room on this computer by its port, and waits until one is there. */
export async function joinRoom(page: Page, port: number): Promise<void> {
  await page.getByRole('button', { name: 'Join by address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address or link').fill(`ws://127.0.0.1:${port}`);
  await dialog.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: 'Bench', level: 1 }).waitFor();
}

/** The button of a room in the list of one's own. */
export function roomButton(page: Page, name: string): Locator {
  return page.getByRole('navigation').getByRole('button', { name });
}

/** Goes to a room and waits until its log is there. */
export async function goTo(page: Page, name: string): Promise<void> {
  await roomButton(page, name).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.locator('.rows [data-seq]').last().waitFor();
  await page.waitForTimeout(REST_MS);
}

/** Types a query into the search of the room; resolves to how long its hits took after the last key, in ms. */
export async function searchFor(page: Page, query: string): Promise<number> {
  await page.keyboard.press('ControlOrMeta+F');
  const took = page.evaluate(
    (length) =>
      new Promise<number>((resolve) => {
        let typed = Infinity;
        document.querySelector('#search-field')?.addEventListener('input', (event) => {
          const { target, timeStamp } = event;
          if (target instanceof HTMLInputElement && target.value.length === length)
            typed = timeStamp;
        });
        new MutationObserver(() => {
          if (typed < Infinity) requestAnimationFrame(() => resolve(performance.now() - typed));
        }).observe(document, { childList: true, subtree: true });
      }),
    query.length,
  );
  await page.keyboard.type(query, { delay: KEY_MS });
  return took;
}

/** What a click sets off is over by then, in ms. */
const REST_MS = 300;

/** As fast as a person types who is good at it, in ms between two keys. */
const KEY_MS = 90;
/** Between two turns of the wheel, in ms. */
const WHEEL_MS = 60;

const WORDS = 'what one types while others talk ';

/** Types into the composer. */
export async function typeFor(page: Page, ms: number): Promise<void> {
  await page.locator('#composer').fill('');
  await page.locator('#composer').focus();
  await every(KEY_MS, ms, (turn) => page.keyboard.press(WORDS.charAt(turn % WORDS.length)));
}

/** Turns the wheel over the log, some way up and some way down. */
export async function scrollFor(page: Page, ms: number): Promise<void> {
  const box = await page.getByRole('log').boundingBox();
  if (box === null) throw new Error('There is no log to scroll.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await every(WHEEL_MS, ms, (turn) => page.mouse.wheel(0, turn % 40 < 20 ? -120 : 120));
}

async function every(apart: number, ms: number, act: (turn: number) => Promise<void>) {
  const begun = performance.now();
  for (let turn = 0; performance.now() - begun < ms; turn += 1) {
    await act(turn);
    const next = begun + (turn + 1) * apart - performance.now();
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, next));
    });
  }
}

/** The numbers of the entries in the page, from top to bottom. */
function seqsShown(page: Page): Promise<readonly number[]> {
  return page
    .locator('.rows [data-seq]')
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-seq'))));
}

/** Waits until the entry with this number is the last one; throws when one is missing before it. */
export async function checkArrived(page: Page, last: number): Promise<void> {
  await page.getByRole('log').press('End');
  await page.locator(`.rows [data-seq="${last}"]`).waitFor();
  const seqs = await seqsShown(page);
  const first = seqs[0] ?? 0;
  if (seqs.some((seq, index) => seq !== first + index) || seqs.at(-1) !== last)
    throw new Error('Entries are missing in the page.');
}

/** Waits until there are so many people in the list. */
export async function checkPeople(page: Page, count: number): Promise<void> {
  const title = page.getByRole('complementary', { name: `People ${count}`, exact: true });
  await title.waitFor();
}

/** What the page's scripts use, in bytes, without what nobody needs any more. */
export async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  // What the first round lets go of may hold more.
  for (let round = 0; round < 2; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}
