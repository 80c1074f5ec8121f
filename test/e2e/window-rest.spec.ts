/** A window nobody touches draws nothing: what moves comes to an end by itself. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { composer, joinRoom, log } from './window.ts';

/** What moves on the page now and would never stop, by the names of its keyframes. */
const endless = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime === Infinity)
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : 'other')),
  );

/** How many animations run. */
const moving = (page: Page) => page.evaluate(() => document.getAnimations().length);

test('the home page comes to rest', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await page.locator('.home .looking').waitFor();
  expect(await endless(page)).toEqual([]);
  await expect.poll(() => moving(page)).toBe(0);
});

test('a room comes to rest, also after others typed and when its host is gone', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const ben = await startBot({ address: host.address, name: 'Ben' });
  ben.type(true);
  await expect(page.locator('.typing-line')).toContainText('Ben');
  expect(await endless(page)).toEqual([]);
  await host.kill();
  await expect(log(page)).toContainText('You are disconnected.');
  expect(await endless(page)).toEqual([]);
});

test('the caret stops blinking 10 s after the last key, and blinks again with the next', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await page.clock.install();
  await page.reload();
  await joinRoom(page, 'Lab', host.address);
  const blinking = () =>
    composer(page).evaluate((field) => getComputedStyle(field).getPropertyValue('caret-animation'));
  await page.keyboard.type('Hello');
  expect(await blinking()).toBe('auto');
  await page.clock.fastForward(10_000);
  expect(await blinking()).toBe('manual');
  await page.keyboard.type('!');
  expect(await blinking()).toBe('auto');
});
