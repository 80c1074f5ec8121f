import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { hostRoom, joinRoom, log, messages, setSeen } from './window.ts';

const roomButton = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name });

test('what is said in another room counts there and in the title, until it is shown', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await expect(page).toHaveTitle('Lab · Lanyard');
  await hostRoom(page, 'Lunch');
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('one', 'two', 'ann, are you there?');

  await expect(roomButton(page, 'Lab').locator('.unread')).toContainText('3');
  await expect(roomButton(page, 'Lab')).toContainText('1 mention of you');
  await expect(page).toHaveTitle('(3) Lunch · Lanyard');

  await roomButton(page, 'Lab').click();
  await expect(log(page).locator('.unread-mark + .said')).toContainText('one');
  await expect(roomButton(page, 'Lab').locator('.unread')).toHaveCount(0);
  await expect(page).toHaveTitle('Lab · Lanyard');
});

test('a room pressed while a message comes is shown', async ({ openApp, startHost, startBot }) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await hostRoom(page, 'Lunch');
  const bo = await startBot({ address: host.address, name: 'Bo' });

  await roomButton(page, 'Lab').getByText('Lab').hover();
  await page.mouse.down();
  await bo.say('one');
  await expect(roomButton(page, 'Lab').locator('.unread')).toContainText('1');
  await page.mouse.up();
  await expect(messages(page)).toHaveText(['one']);
});

test('what comes while the window is hidden stays unread until it is seen', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page, settled } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('seen');
  await expect(messages(page)).toHaveText(['seen']);
  await expect(page).toHaveTitle('Lab · Lanyard');

  await setSeen(page, false);
  await settled();
  await bo.say('while away');
  await expect(page).toHaveTitle('(1) Lab · Lanyard');
  await setSeen(page, true);
  await expect(page).toHaveTitle('Lab · Lanyard');
  await expect(log(page).locator('.unread-mark + .said')).toContainText('while away');
});

test('what was read stays read after a crash, and what is said meanwhile is not', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('before');
  const first = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(first.page, 'Lab', host.address);
  await bo.say('one', 'two');
  await expect(messages(first.page)).toHaveText(['before', 'one', 'two']);
  await expect(first.page).toHaveTitle('Lab · Lanyard');
  await first.settled();
  first.expectTrouble(/^WebSocket connection to/);
  await first.program.kill();
  await bo.say('meanwhile');

  const { page } = await openApp({ dataDir: first.dataDir });
  await expect(page).toHaveTitle('(1) Lanyard');
  await roomButton(page, 'Lab').click();
  await expect(log(page).locator('.unread-mark + .said')).toContainText('meanwhile');
});

test('notifications: off until they are wanted, then for mentions, and a click shows the room', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page, settled } = await openApp({
    settings: { name: 'Ann', notifications: 'off' },
    context: { permissions: ['notifications'] },
  });
  // Chromium without a desktop shows none, so the page's own constructor is watched.
  await page.evaluate(() => {
    const shown: Notification[] = [];
    class Watched extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push(this);
      }
    }
    Object.assign(window, { Notification: Watched, shown });
  });
  const shown = () =>
    page.evaluate(() => Reflect.get(window, 'shown').map((one: Notification) => one.body));
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });

  await page.getByRole('button', { name: 'Settings' }).click();
  const level = page.getByLabel(/^Notifications/);
  await expect(level).toHaveValue('off');
  await level.selectOption('When I am mentioned');
  await page.keyboard.press('Escape');
  await hostRoom(page, 'Lunch');

  await setSeen(page, false);
  await settled();
  await bo.say('not for you', 'Ann: this one is');
  await expect.poll(shown).toEqual(['Ann: this one is']);
  await page.evaluate(() => Reflect.get(window, 'shown')[0].dispatchEvent(new Event('click')));
  await setSeen(page, true);
  await expect(page.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible();
});
