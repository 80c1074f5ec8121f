/** What one has typed is never lost: it waits where one sees it, and goes out once. */
import type { Page } from '@playwright/test';
import { bodyOf } from '../../main/events/kind.ts';
import { message } from '../../main/events/message.ts';
import { parseHubMessage } from '../../main/wire/parse.ts';
import { expect, test } from './harness.ts';
import { composer, joinRoom, log, messages } from './window.ts';

const pending = (page: Page) => log(page).locator('.pending');
const roomButton = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name });

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press('Enter');
}

test('a reload in the middle of sending loses nothing and sends nothing twice', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const texts = ['one', 'two', 'three', 'four', 'five'];
  for (const text of texts) {
    await say(page, text);
    await page.reload();
    await expect(composer(page)).toBeVisible();
  }
  await expect(messages(page)).toHaveText(texts);
  await expect(pending(page)).toHaveCount(0);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  expect(textsOf(await bo.frame(/"type":"welcome"/))).toEqual(texts);
});

test('the host crashes and comes back: what was typed goes out, in order and once', async ({
  openApp,
  startHost,
  startBot,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const before = await startHost({ room: 'Lab', dataDir });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', before.address);
  await say(page, 'before');
  await expect(messages(page)).toHaveText(['before']);
  await expect(pending(page)).toHaveCount(0);

  await before.kill();
  await expect(page.getByRole('button', { name: 'Now' })).toBeVisible();
  await say(page, 'first');
  await say(page, 'a mistake');
  await say(page, 'second');
  await expect(pending(page)).toHaveCount(3);
  await expect(pending(page).first()).toContainText('Goes out once you are connected.');
  const mistake = pending(page).filter({ hasText: 'a mistake' });
  await mistake.getByRole('button', { name: 'Cancel' }).click();
  await expect(pending(page)).toHaveCount(2);
  await page.reload();
  await expect(pending(page), 'a reload changes nothing').toHaveCount(2);

  const after = await startHost({ room: 'Lab', dataDir });
  expect({ id: after.id, port: after.port }).toEqual({ id: before.id, port: before.port });
  await expect(messages(page)).toHaveText(['before', 'first', 'second']);
  await expect(pending(page)).toHaveCount(0);
  const bo = await startBot({ address: after.address, name: 'Bo' });
  const kept = textsOf(await bo.frame(/"type":"welcome"/));
  expect(kept).toEqual(['before', 'first', 'second']);
});

test('the app starts again: rooms and unread messages are back, what was pending goes out', async ({
  openApp,
  startHost,
  startBot,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const lab = await startHost({ room: 'Lab', dataDir });
  const club = await startHost({ room: 'Club' });
  const before = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(before.page, 'Club', club.address);
  await joinRoom(before.page, 'Lab', lab.address);
  const bo = await startBot({ address: club.address, name: 'Bo' });
  await bo.say('one', 'two for Ann');
  await expect(roomButton(before.page, 'Club').locator('.unread')).toContainText('2');
  await lab.kill();
  await expect(before.page.getByRole('button', { name: 'Now' })).toBeVisible();
  await say(before.page, 'typed before the end');
  await expect(pending(before.page)).toHaveCount(1);
  await before.stop();
  await bo.say('three');
  const again = await startHost({ room: 'Lab', dataDir });

  const { page } = await openApp({ dataDir: before.dataDir });
  await expect(roomButton(page, 'Club').locator('.unread')).toContainText('3');
  await expect(roomButton(page, 'Club')).toContainText('1 mention of you');
  await roomButton(page, 'Lab').click();
  await expect(messages(page)).toHaveText(['typed before the end']);
  await expect(pending(page)).toHaveCount(0);
  await roomButton(page, 'Club').click();
  await expect(log(page).locator('.unread-mark + .said')).toContainText('one');
  const witness = await startBot({ address: again.address, name: 'Cleo' });
  expect(textsOf(await witness.frame(/"type":"welcome"/))).toEqual(['typed before the end']);
});

/** What a welcome says was said. */
function textsOf(frame: string): string[] {
  const parsed = parseHubMessage(frame);
  if (!parsed.ok || parsed.message.type !== 'welcome') throw new Error('that is no welcome');
  const entries = parsed.message.logs.flatMap((each) => each.entries);
  return entries.flatMap((entry) => bodyOf(message, entry)?.text ?? []);
}
