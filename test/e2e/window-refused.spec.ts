/** What only an unusual room does is shown on a stand-in for the bridge. */
import type { Problem } from '../../main/model/error-codes.ts';
import { expect, test } from './harness.ts';
import { REFUSED, REFUSED_SENTENCE, standIn } from './stand-in.ts';
import { log } from './window.ts';

test('a refused message says why, and can be tried again or dropped', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  const calls = await standIn(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
  const refused = log(page).locator('.refused');
  await expect(refused).toContainText(REFUSED.text);
  await expect(refused.getByRole('alert')).toContainText(REFUSED_SENTENCE);
  await refused.getByRole('button', { name: 'Try again' }).click();
  await refused.getByRole('button', { name: 'Discard' }).click();
  const asked = await calls();
  expect(asked).toContain('retry {"key":"r","id":"p1"}');
  expect(asked).toContain('cancel {"key":"r","id":"p1"}');
});

test('a problem is told once, with what to do, and not again once it was read', async ({
  openApp,
}) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await standIn(page);
  const happen = (problem: Problem) =>
    page.evaluate((event) => Reflect.get(window, 'emit')(event), { type: 'problem', ...problem });
  const told = page.getByRole('alert');
  await happen({ code: 'storage-full' });
  await happen({ code: 'storage-full' });
  await expect(told).toHaveText('The disk is full. Make some room on it, then try again.');
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await happen({ code: 'storage-full' });
  await happen({ code: 'storage-failed', details: { place: 'its database' } });
  await expect(told).toContainText('Check the disk');
});
