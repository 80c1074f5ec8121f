/** Messages that arrive while the window is hidden. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { joinRoom, messages, setSeen } from './window.ts';

/** Notes down what the page shows by the browser's own notifications, which are shown all the same. */
async function watchNotifications(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const shown: string[] = [];
    Reflect.set(globalThis, 'shownNotifications', shown);
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push(`${title}: ${options?.body ?? ''}`);
      }
    };
  });
  return () => page.evaluate(() => [...Reflect.get(globalThis, 'shownNotifications')]);
}

test('a hidden window tells of every message, a visible one of none', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page, settled } = await openApp({
    settings: { name: 'Ann', notifications: 'all' },
    context: { permissions: ['notifications'] },
  });
  const notifications = await watchNotifications(page);
  await joinRoom(page, 'Lab', host.address);
  const ben = await startBot({ address: host.address, name: 'Ben' });

  await ben.say('while you look');
  await expect(messages(page)).toHaveText(['while you look']);
  await setSeen(page, false);
  await settled();
  await ben.say('while you are away');
  await expect.poll(notifications).toEqual(['Ben · Lab: while you are away']);

  await setSeen(page, true);
  await settled();
  await ben.say('welcome back');
  await expect(messages(page).last()).toHaveText('welcome back');
  expect(await notifications()).toEqual(['Ben · Lab: while you are away']);
});
