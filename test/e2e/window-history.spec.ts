/** What a room has from before: paging through it, how long it is kept, and files of it. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { keepRoom, numbered } from './kept-room.ts';
import {
  composer,
  hostedAddress,
  hostRoom,
  joinRoom,
  log,
  messages,
  scrollToBeginning,
  showReopened,
} from './window.ts';

const details = (page: Page) => page.getByRole('button', { name: 'Room details and sharing' });

test('ten thousand messages of a host are paged through to the first, with few rows in the page', async ({
  openApp,
  startHost,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(10_000), active: false });
  const host = await startHost({ room: 'Lab', dataDir });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await expect(messages(page).filter({ hasText: /^message 10000$/ })).toBeInViewport();

  const rows = await scrollToBeginning(page);
  await expect(messages(page).filter({ hasText: /^message 1$/ })).toBeInViewport();
  expect(rows).toBeLessThan(300);

  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect(messages(page).filter({ hasText: /^message 10000$/ })).toBeInViewport();
});

test('the host clears the history: it is gone from every window, and the talk goes on', async ({
  openApp,
}) => {
  const ann = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(ann.page, 'Lab');
  const address = await hostedAddress(ann.page);
  const ben = await openApp({ settings: { name: 'Ben' } });
  await joinRoom(ben.page, 'Lab', address);
  await composer(ann.page).fill('a secret');
  await ann.page.keyboard.press('Enter');
  for (const { page } of [ann, ben]) await expect(messages(page)).toHaveText(['a secret']);

  await details(ann.page).click();
  await ann.page.getByRole('button', { name: 'Clear the history…' }).click();
  const dialog = ann.page.getByRole('dialog', { name: 'Clear the history of Lab?' });
  await expect(dialog).toContainText('in every copy that connects later');
  await dialog.getByRole('button', { name: 'Clear the history' }).click();
  await expect(dialog).toBeHidden();

  for (const { page } of [ann, ben]) {
    await expect(messages(page)).toHaveCount(0);
    await expect(log(page)).toContainText('Nothing said yet');
  }
  await composer(ben.page).fill('a new start');
  await ben.page.keyboard.press('Enter');
  for (const { page } of [ann, ben]) await expect(messages(page)).toHaveText(['a new start']);
});

test('how long a room remembers: the host chooses, deleting asks first, everybody is told', async ({
  openApp,
}) => {
  const ann = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(ann.page, 'Lab');
  await composer(ann.page).fill('soon forgotten');
  await ann.page.keyboard.press('Enter');
  await expect(messages(ann.page)).toHaveCount(1);
  const address = await hostedAddress(ann.page);
  await details(ann.page).click();
  const choice = ann.page.getByLabel('How long the room remembers');
  await expect(ann.page.getByRole('dialog')).toContainText('This room remembers everything');
  await choice.selectOption('Nothing');
  const question = ann.page.getByRole('dialog').getByRole('alert');
  await expect(question).toContainText('Everything said so far is deleted');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(choice).toHaveValue('');
  await choice.selectOption('For 7 days');
  await question.getByRole('button', { name: 'Delete it' }).click();
  await expect(ann.page.getByRole('dialog')).toContainText('forgets what is older than 7 days');
  await choice.selectOption('Nothing');
  await question.getByRole('button', { name: 'Delete it' }).click();
  await expect(ann.page.getByRole('dialog')).toContainText('This room remembers nothing');
  await expect(choice).toHaveValue('0');

  const ben = await openApp({ settings: { name: 'Ben' } });
  await joinRoom(ben.page, 'Lab', address);
  await details(ben.page).click();
  await expect(ben.page.getByRole('dialog')).toContainText('This room remembers nothing');
  await expect(ben.page.getByLabel('How long the room remembers')).toHaveCount(0);
  await ben.page.keyboard.press('Escape');
  await expect(messages(ben.page)).toHaveCount(0);
  // More is deleted by nothing but the choice of less.
  await choice.selectOption('For 30 days');
  await expect(ann.page.getByRole('dialog')).toContainText('forgets what is older than 30 days');
});

test('a copy of the conversation is saved as text, as a web page and as JSON Lines', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const texts = ['hello', '<b>not bold</b>', '你好'];
  keepRoom(dataDir, { room: 'Lab: one/two', texts, active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');
  await details(page).click();
  const saved = async (name: string) => {
    const button = page.getByRole('dialog').getByRole('button', { name });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    return {
      name: download.suggestedFilename(),
      content: await readFile(await download.path(), 'utf8'),
    };
  };
  const text = await saved('Text');
  expect(text.name).toMatch(/^Lab.*\.txt$/);
  expect(text.content).toMatch(/Bo: hello\n.*Bo: <b>not bold<\/b>\n.*Bo: 你好\n$/);
  const html = await saved('Web page');
  expect(html.name).toMatch(/\.html$/);
  expect(html.content).toContain('&lt;b&gt;not bold&lt;/b&gt;');
  const lines = await saved('JSON Lines');
  expect(lines.name).toMatch(/\.jsonl$/);
  const parsed = lines.content
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).text ?? []);
  expect(parsed).toEqual(texts);
});
