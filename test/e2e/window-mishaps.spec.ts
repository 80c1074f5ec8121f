/** What nobody expected in the window, its shell or its browser: it is told, and the window goes on. */
import type { Page } from '@playwright/test';
import { doomed } from '../support/bring-misfortune.ts';
import { expect, test } from './harness.ts';
import { standIn } from './stand-in.ts';
import { composer, hostedAddress, hostRoom, messages } from './window.ts';

const UNEXPECTED = /Something unexpected went wrong in Lanyard/;

/** Something in the page throws, and nobody catches it. */
function meetError(page: Page, kind: 'throw' | 'reject'): Promise<void> {
  return page.evaluate((how) => {
    setTimeout(() => {
      const error = new RangeError('nobody expected this');
      if (how === 'throw') throw error;
      void Promise.reject(error);
    });
  }, kind);
}

for (const kind of ['throw', 'reject'] as const) {
  test(`an error of the page (${kind}) is told, and one can go on`, async ({ openApp }) => {
    const { page, expectTrouble } = await openApp({ settings: { name: 'Ann' } });
    expectTrouble(/nobody expected this/);
    // By then the page's own script has run.
    await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
    await meetError(page, kind);
    const told = page.getByRole('alert').filter({ hasText: UNEXPECTED });
    await expect(told).toBeVisible();
    await meetError(page, kind);
    await hostRoom(page, 'Lab');
    await composer(page).fill('still here');
    await composer(page).press('Enter');
    await expect(messages(page)).toHaveText(['still here']);
    await expect(told).toHaveCount(1);
  });
}

test('an error of the app is told by the window, in its language', async ({
  openApp,
  makeFolder,
}) => {
  const { env, bring } = doomed(await makeFolder());
  const { page } = await openApp({ env, settings: { name: 'Ann', language: 'zh-CN' } });
  // What is told before the page listens, nobody is told.
  await page.locator('.home .looking').waitFor();
  bring('app');
  await expect(page.getByRole('alert')).toContainText('Lanyard 出现了意外错误。');
});

test('a room whose hub met an error is opened anew, and what was said is there', async ({
  openApp,
  makeFolder,
  startBot,
}) => {
  const { env, bring } = doomed(await makeFolder());
  const { page } = await openApp({ env, settings: { name: 'Ann' } });
  await hostRoom(page, 'Lab');
  const address = await hostedAddress(page);
  const ben = await startBot({ address, name: 'Ben' });
  await ben.say('before');
  await expect(messages(page)).toHaveText(['before']);
  bring('hub');
  await expect(page.getByRole('alert')).toContainText('so Lanyard opened it anew.');
  const cleo = await startBot({ address, name: 'Cleo' });
  await cleo.say('after');
  await expect(messages(page)).toHaveText(['before', 'after']);
});

test('a shell that answers no call: it is said where one asked, and one can ask again', async ({
  openApp,
}) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await standIn(page, 'broken');
  const lost = /Lanyard on this computer does not answer/;
  await page.getByRole('button', { name: 'Join by address' }).click();
  const dialog = page.getByRole('dialog');
  const join = dialog.getByRole('button', { name: 'Join', exact: true });
  await dialog.getByLabel('Address or link').fill('lab');
  await join.click();
  await expect(dialog.getByRole('alert')).toHaveText(lost);
  await expect(join).toBeEnabled();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
  await composer(page).fill('not lost');
  await composer(page).press('Enter');
  await expect(page.getByText(lost)).toBeVisible();
  await expect(composer(page)).toHaveValue('not lost');
});

test('a browser that stores nothing for the page, and shows no notifications', async ({
  openApp,
}) => {
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { permissions: ['notifications'] },
  });
  await page.addInitScript(() => {
    // As browsers do where the person blocks the data of sites.
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
    // As on Android.
    class Refusing {
      static readonly permission = 'granted';
      constructor() {
        throw new TypeError('Illegal constructor.');
      }
    }
    Object.assign(window, { Notification: Refusing });
  });
  await standIn(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
  await composer(page).fill('a draft');
  await page.evaluate(() =>
    Reflect.get(window, 'emit')({ type: 'notification', key: 'r', title: 'Ben', body: 'hi' }),
  );
  await page.getByRole('button', { name: 'Join by address' }).click();
  await page.keyboard.press('Escape');
  await expect(composer(page)).toHaveValue('a draft');
});
