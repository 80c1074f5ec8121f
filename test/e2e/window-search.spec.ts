import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { keepRoom, numbered } from './kept-room.ts';
import { composer, log, messages, showReopened } from './window.ts';

const search = (page: Page) => page.getByRole('complementary', { name: 'Search' });
const field = (page: Page) => search(page).getByRole('combobox', { name: 'Search for' });
const hits = (page: Page) => search(page).getByRole('option');

test('a search in the room shows who said it, when, and the words found, newest first', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const texts = ['the garden plan', 'nothing of it', 'gardens, and <b>the</b> garden again'];
  keepRoom(dataDir, { room: 'Lab', texts, active: true });
  keepRoom(dataDir, { room: 'Lunch', texts: ['in the garden?'], active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');

  await page.keyboard.press('ControlOrMeta+F');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('garden');
  await expect(hits(page)).toHaveText([/Bo.*gardens, and <b>the<\/b> garden again/, /Bo.*plan/]);
  await expect(hits(page).first().locator('mark')).toHaveText(['garden', 'garden']);
  await expect(hits(page).first().locator('time')).not.toBeEmpty();
  await expect(search(page).getByRole('status')).toHaveText('2 messages');
  await field(page).fill('gardenia');
  await expect(search(page).getByRole('status')).toContainText('Nothing found');
  await expect(hits(page)).toHaveCount(0);

  await page.keyboard.press('Escape');
  await expect(search(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
});

test('all rooms are searched at once, and a message found is shown in its room', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const lunch = [...numbered(400), '今天的午饭在花园里', ...numbered(400)];
  keepRoom(dataDir, { room: 'Lunch', texts: lunch, active: false });
  keepRoom(dataDir, { room: 'Lab', texts: ['午饭前开会'], active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');
  await page.getByRole('button', { name: 'Search in this room' }).click();
  await page.keyboard.type('午饭');
  await expect(hits(page)).toHaveText([/午饭前开会/]);
  await search(page).getByRole('button', { name: 'All rooms' }).click();
  await expect(hits(page)).toHaveCount(2);
  await expect(hits(page).locator('mark')).toHaveText(['午饭', '午饭']);

  await hits(page).filter({ hasText: '花园' }).click();
  await expect(page.getByRole('heading', { name: 'Lunch', level: 1 })).toBeVisible();
  await expect(messages(page).filter({ hasText: '花园' })).toBeInViewport();
  await expect(log(page).locator('.said.found')).toContainText('花园');
  await expect(messages(page).filter({ hasText: /^message 400$/ })).toBeInViewport();
  await expect(search(page), 'it stays for the next one').toBeVisible();
});

test('by keyboard alone: type, choose with the arrows, go there with Enter', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(1_500), active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('message 12');
  // 12, 120 to 129 and 1200 to 1299: more than are shown at once.
  await expect(hits(page)).toHaveCount(50);
  await search(page).getByRole('button', { name: 'More' }).click();
  await expect(hits(page)).toHaveCount(100);
  await search(page).getByRole('button', { name: 'More' }).click();
  await expect(hits(page)).toHaveCount(111);
  await expect(search(page).getByRole('button', { name: 'More' })).toBeHidden();
  await expect(hits(page).last()).toContainText('message 12');

  await field(page).focus();
  for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(hits(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(messages(page).filter({ hasText: /^message 1298$/ })).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(log(page).locator('.said.found')).toContainText('message 1297');
});

test('who asked for less motion gets a message found that does not flash', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(300), active: true });
  const settings = { name: 'Ann' };
  const { page } = await openApp({ dataDir, settings, context: { reducedMotion: 'reduce' } });
  await showReopened(page, 'Lab');
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('message 77');
  await hits(page)
    .filter({ hasText: /message 77$/ })
    .click();
  const bubble = log(page).locator('.said.found .bubble');
  await expect(bubble).toHaveText(/message 77/);
  expect(await bubble.evaluate((element) => element.getAnimations().length)).toBe(0);
  expect(await bubble.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
});

test('the first of twenty thousand messages is found and shown, and the page stays small', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const texts = ['where it all began', ...numbered(20_000)];
  keepRoom(dataDir, { room: 'Lab', texts, active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');
  await expect(messages(page).filter({ hasText: /^message 20000$/ })).toBeInViewport();
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('began');
  await hits(page).filter({ hasText: 'where it all began' }).click();
  await expect(messages(page).filter({ hasText: 'where it all began' })).toBeInViewport();
  await expect(log(page).locator('.said.found')).toContainText('where it all began');
  await expect(log(page).getByText('This is where the conversation begins.')).toBeVisible();
  expect(await log(page).locator('li').count()).toBeLessThan(300);
  await expect(page.getByRole('progressbar')).toBeHidden();
});

test('on a phone the search covers the room and makes way for what it found', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(300), active: true });
  const context = { viewport: { width: 360, height: 740 }, hasTouch: true };
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' }, context });
  await page.getByRole('button', { name: 'Search all rooms' }).tap();
  await page.keyboard.type('message 50');
  await hits(page)
    .filter({ hasText: /message 50$/ })
    .tap();
  await expect(search(page)).toBeHidden();
  await expect(messages(page).filter({ hasText: /^message 50$/ })).toBeInViewport();
  await page.getByRole('button', { name: 'Search in this room' }).tap();
  await expect(field(page)).toHaveValue('message 50');
  await page.getByRole('button', { name: 'Close the search' }).tap();
  await expect(log(page)).toBeVisible();
});
