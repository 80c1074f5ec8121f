/** What people write and call themselves is shown as it is, in its place, and does nothing. */
import type { Locator, Page } from '@playwright/test';
import { CANARY, HOSTILE_NAMES, HOSTILE_TEXTS, REFUSED_NAMES } from '../attacks/hostile-texts.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './harness.ts';
import { joinRoom, log, messages, people } from './window.ts';

test('S3: hostile texts are text, each in a place of its own, and nothing runs', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { reducedMotion: 'reduce' },
  });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await joinRoom(page, 'Lab', host.address);
  const { origin } = new URL(page.url());
  const mallory = await startBot({ address: host.address, name: 'Mallory' });
  const texts = HOSTILE_TEXTS.map(({ text }) => text);
  await mallory.say(...texts);
  await expect(messages(page)).toHaveCount(texts.length);

  const beginnings = await messages(page).allTextContents();
  for (const [at, text] of texts.entries()) {
    const shown = beginnings[at] ?? '';
    expect(shown === text || text.startsWith(shown.replace(/…$/, '')), `${at}`).toBe(true);
  }
  await expectSeparate(page);
  for (const [at, { what }] of HOSTILE_TEXTS.entries()) {
    if (what.startsWith('piled marks')) await expectInItsPlace(page, messages(page).nth(at));
  }

  const more = log(page).getByRole('button', { name: 'Show all' });
  expect(await more.count()).toBeGreaterThan(1);
  while ((await more.count()) > 0) await more.first().click();
  expect(await messages(page).allTextContents()).toEqual(texts);
  await expectSeparate(page);

  const inside = await messages(page).evaluateAll((elements) =>
    elements
      .flatMap((element) => [...element.querySelectorAll('*')])
      .map((element) => [element.tagName, ...element.getAttributeNames()].join(' ')),
  );
  expect(new Set(inside), 'links only').toEqual(
    new Set(['A href target rel title', 'A href target rel title data-host']),
  );
  const links = await messages(page)
    .getByRole('link')
    .evaluateAll((elements) =>
      elements.map((element) => [element.textContent, element.getAttribute('href') ?? '']),
    );
  for (const [text = '', href = ''] of links) {
    expect(new URL(href), text).toMatchObject({ username: '', protocol: 'https:' });
    expect(href, 'it leads where it says').toBe(new URL(text).href);
  }

  const lookalike = log(page).getByRole('link', { name: 'https://аpple.example' });
  await expect(lookalike).toHaveAttribute('data-host', 'xn--pple-43d.example');

  await expect(log(page).locator('.act, .doubt, .redacted, .written')).toHaveCount(0);
  await expect(log(page).locator('.notice')).toHaveText([/^You are connected/, /^Mallory came in/]);
  expect(await page.evaluate((name) => name in globalThis, CANARY)).toBe(false);
  expect(dialogs).toEqual([]);
  expect(page.url().startsWith(origin)).toBe(true);
});

test('N4: a name is a name, whatever it says, and every mark stands outside of it', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const mallory = await startBot({ address: host.address, name: 'Mallory' });
  for (const [at, name] of REFUSED_NAMES.entries()) {
    const id = `refused-${at}`;
    mallory.send({ type: 'rename', id, name });
    await mallory.frame(new RegExp(`"type":"refused","id":"${id}","code":"name-`));
  }
  for (const [at, name] of HOSTILE_NAMES.entries()) {
    mallory.send({ type: 'rename', id: `name-${at}`, name });
    await mallory.say(`I am ${at}`);
    await expect(people(page).locator('.member .name').last()).toBeVisible();
    const shown = people(page).locator('.member .name').filter({ hasText: name });
    await expect(shown).toHaveText(name);
    await expect(shown.locator('*'), 'nothing but text').toHaveCount(0);
    await expect(people(page).locator('.tag, .muted-mark')).toHaveText(['Host']);
  }
  await expect(log(page).locator('.by .name')).toHaveText([...HOSTILE_NAMES]);
  await expectSeparate(page);
  const turned = await log(page)
    .locator('.by, .notice')
    .filter({ hasText: 'المضيف' })
    .evaluateAll((elements) =>
      elements.map((element) => {
        const range = document.createRange();
        const name = element.querySelector('bdi')?.getBoundingClientRect();
        range.selectNodeContents(element.lastChild ?? element);
        const { left } = range.getBoundingClientRect();
        return { after: left - (name?.left ?? Number.NaN), last: element.lastChild?.textContent };
      }),
    );
  expect(turned.length).toBeGreaterThan(1);
  for (const { after, last } of turned) expect(after, last ?? '').toBeGreaterThan(0);
  await expectAccessible(page, 'hostile names');
});

/** No row reaches into another, and none beyond the log. */
async function expectSeparate(page: Page): Promise<void> {
  const trouble = await log(page).evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    const found = element.scrollWidth > element.clientWidth ? ['the log is wider than it is'] : [];
    let end = -Infinity;
    for (const row of element.querySelectorAll('.rows > li')) {
      const { top, bottom } = row.getBoundingClientRect();
      if (top < end - 0.5) found.push(`over the one before: ${row.textContent.slice(0, 80)}`);
      end = bottom;
      for (const part of row.querySelectorAll('.bubble, .name, time')) {
        const box = part.getBoundingClientRect();
        if (box.left < left || box.right > right || box.top < top || box.bottom > bottom) {
          found.push(`out of its row: ${row.textContent.slice(0, 80)}`);
        }
      }
    }
    return found;
  });
  expect(trouble).toEqual([]);
}

async function setVisibility(texts: Locator, visibility: string): Promise<void> {
  await texts.evaluateAll((elements: readonly Element[], value) => {
    for (const element of elements) {
      if (element instanceof HTMLElement) element.style.setProperty('visibility', value);
    }
  }, visibility);
}

/** Whether a message's text is there or not changes nothing in what is painted around it. */
async function expectInItsPlace(page: Page, text: Locator): Promise<void> {
  // Nothing is to show because the mouse happens to be over it, and no other text to be smoothed.
  await page.mouse.move(0, 0);
  await setVisibility(messages(page), 'hidden');
  await text.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const { x, y, width, height } = await text.evaluate((element) => {
    const box = element.getBoundingClientRect();
    // The corners of what is around it are smoothed anew each time.
    const left = Math.ceil(box.x) + 6;
    return { x: left, y: box.y, width: Math.floor(box.right) - left, height: box.height };
  });
  // Without the pixels its own edges share with what is around it.
  const around = [
    { x, y: Math.floor(y) - 51, width, height: 50 },
    { x, y: Math.ceil(y + height) + 1, width, height: 50 },
  ];
  const painted = async () =>
    Promise.all(around.map(async (clip) => (await page.screenshot({ clip })).toString('base64')));
  const without = await painted();
  await setVisibility(text, 'visible');
  // Whatever reaches out stays out; what was still being drawn comes to rest.
  await expect.poll(painted).toEqual(without);
  await setVisibility(messages(page), 'visible');
}
