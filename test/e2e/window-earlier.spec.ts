/** Rooms one has left, or whose host has gone, stay readable until they are forgotten. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { keepRoom } from './kept-room.ts';
import { composer, hostRoom, joinRoom, log, messages, people } from './window.ts';

const earlier = (page: Page) => page.getByRole('navigation').getByRole('group');
const yours = (page: Page) => page.getByRole('navigation').locator('section').first();

test('a room one leaves is one of earlier: read it, join again, forget it', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('before');
  await expect(messages(page)).toHaveText(['before']);

  await page.getByRole('button', { name: 'Leave the room' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(page.locator('.strip')).toContainText('You left the room.');
  await expect(messages(page)).toHaveText(['before']);
  await expect(people(page)).toBeHidden();
  await expect(earlier(page)).toContainText(/Earlier 1.*Lab.*You left/);
  await expect(yours(page).getByRole('button')).toHaveCount(0);

  await bo.say('meanwhile');
  await page.getByRole('button', { name: 'Join again' }).click();
  await expect(messages(page)).toHaveText(['before', 'meanwhile']);
  await expect(people(page)).toContainText('People 3');
  await expect(yours(page)).toContainText('Lab');
  await expect(earlier(page)).toBeHidden();

  await page.getByRole('button', { name: 'Leave the room' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Forget this room' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget Lab?' });
  await expect(dialog).toContainText('The copy of the conversation on this computer is deleted.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(messages(page)).toHaveText(['before', 'meanwhile']);
  await page.getByRole('button', { name: 'Forget this room' }).click();
  await dialog.getByRole('button', { name: 'Forget' }).click();
  await expect(page.getByRole('heading', { name: 'Hello, Ann' })).toBeVisible();
  await expect(earlier(page)).toBeHidden();
});

test('one’s own room is closed, read, and opened again with its log', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(page, 'Lab');
  await composer(page).fill('remember this');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toHaveText(['remember this']);
  await page.getByRole('button', { name: 'Stop the room' }).click();
  await expect(page.locator('.strip')).toContainText('You closed this room.');
  await expect(earlier(page)).toContainText(/Lab.*Closed/);
  await composer(page).fill('nobody there');
  await expect(page.locator('.composer .hint')).toHaveText('Open the room again to write in it');
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();

  await page.getByRole('button', { name: 'Open again' }).click();
  await expect(people(page)).toContainText('People 1');
  await page.keyboard.press('Escape');
  await composer(page).focus();
  await page.keyboard.press('Enter');
  await expect(messages(page)).toHaveText(['remember this', 'nobody there']);
});

test('without its host and after a restart a room can be read and searched', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('the first plan', 'the second plan');
  const before = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(before.page, 'Lab', host.address);
  await expect(messages(before.page)).toHaveCount(2);
  await before.stop();
  await host.kill();

  const { page } = await openApp({ dataDir: before.dataDir });
  await yours(page)
    .getByRole('button', { name: 'Lab' })
    .or(earlier(page).getByRole('button', { name: 'Lab' }))
    .click();
  await expect(messages(page)).toHaveText(['the first plan', 'the second plan']);
  await expect(page.locator('.strip')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('second');
  await page.keyboard.press('Enter');
  await expect(log(page).locator('.said.found')).toContainText('the second plan');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Room details and sharing' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Text' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Lab.txt');
});

test('many rooms of earlier are folded away, and what shows as nothing in one is told', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  for (let room = 1; room <= 8; room += 1) {
    keepRoom(dataDir, { room: `Room ${room}`, texts: ['message 1', '\u200b'], active: false });
  }
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  const third = earlier(page).getByRole('button', { name: 'Room 3' });
  await expect(earlier(page)).toContainText('Earlier 8');
  await expect(third).toBeHidden();
  await earlier(page).getByText('Earlier').click();
  await third.click();
  await expect(messages(page)).toHaveText([
    'message 1',
    'This message has nothing in it that can be seen.',
  ]);
});
