/** Everybody can use the window: keyboard, contrast, screen readers, small screens, Chinese. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible, expectAccessibleInBothThemes } from './accessible.ts';
import { expect, test } from './harness.ts';
import { composer, hostRoom, joinRoom, log, messages, people } from './window.ts';

test('axe finds nothing serious in any view, light or dark', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({
    context: { colorScheme: 'light', reducedMotion: 'reduce' },
  });
  await expect(page.getByLabel('Your name')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'first start');
  await page.getByLabel('Your name').fill('Ann');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Join Lab', exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page, 'rooms nearby');

  for (const opener of ['Host a room', 'Join by address', 'Settings']) {
    await page.getByRole('button', { name: opener }).click();
    await expectAccessibleInBothThemes(page, opener);
    await page.keyboard.press('Escape');
  }

  await hostRoom(page, 'Lunch');
  await expectAccessibleInBothThemes(page, 'empty room');
  await page.getByRole('button', { name: 'Room details and sharing' }).click();
  await expectAccessibleInBothThemes(page, 'room details');
  await page.getByLabel('How long the room remembers').selectOption('Nothing');
  await expectAccessibleInBothThemes(page, 'less to remember');
  await page.getByRole('button', { name: 'Clear the history…' }).click();
  await expectAccessibleInBothThemes(page, 'clearing the history');
  await page.keyboard.press('Escape');

  await joinRoom(page, 'Lab', host.address);
  for (let n = 0; n < 4; n += 1) {
    const bot = await startBot({ address: host.address, name: `Guest ${n}` });
    await bot.say(`from number ${n}, see https://example.org/${n}`);
  }
  await composer(page).fill('and I');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toHaveCount(5);
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('from number 1');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expectAccessibleInBothThemes(page, 'a search');
  await page.keyboard.press('Escape');
  await composer(page).fill('x'.repeat(4_001));
  await expectAccessibleInBothThemes(page, 'a room full of talk');
  await page.getByRole('button', { name: 'Change your name' }).click();
  await page.getByLabel('Your name in this room').fill('Guest 1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'a refused name');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave the room' }).click();
  await expectAccessibleInBothThemes(page, 'leaving');
  await page.keyboard.press('Escape');
  await host.stop();
  await expect(page.getByRole('button', { name: 'Join again' })).toBeVisible();
  await expectAccessibleInBothThemes(page, 'a room that has ended');
  await page.getByRole('button', { name: 'Forget this room' }).click();
  await expectAccessibleInBothThemes(page, 'forgetting');
});

test('settings that cannot be read are told, readably, until one has seen it', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  await writeFile(join(dataDir, 'settings.json'), '{"name": "An');
  const { page } = await openApp({ dataDir });
  const told = page.getByRole('alert').filter({ hasText: 'Your settings could not be read' });
  await expect(told).toBeVisible();
  await expectAccessible(page, 'a warning');
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toBeHidden();
});

test('everything goes by keyboard alone: host, write, rename, change room, stop', async ({
  openApp,
}) => {
  const { page } = await openApp();
  const { keyboard } = page;
  const focused = page.locator(':focus');
  /** Goes on by Tab until something with this name has the focus. */
  const tabTo = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name, disabled: false }).and(focused);
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await wanted.count()) > 0) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${String(name)}`);
  };

  await expect(page.getByLabel('Your name')).toBeFocused();
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('Ann');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Hello, Ann' })).toBeVisible();

  await tabTo(/^Host a room/);
  await keyboard.press('Enter');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('Lab');
  await keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();
  await keyboard.type('hello');
  await keyboard.press('Enter');
  await expect(messages(page)).toHaveText(['hello']);

  await keyboard.press('F6');
  await expect(log(page)).toBeFocused();
  await keyboard.press('F6');
  await expect(people(page).locator(':focus')).toHaveCount(1);
  await tabTo('Change your name');
  await keyboard.press('Enter');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('Anna');
  await keyboard.press('Enter');
  await expect(people(page)).toContainText('Anna');

  await tabTo(/^Host a room/);
  await keyboard.press('Enter');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('Lunch');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Lunch', level: 1 })).toBeVisible();
  await keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible();
  await tabTo('Stop the room');
  await keyboard.press('Enter');
  await expect(page.locator('.strip')).toContainText('You closed this room.');
  await tabTo('Open again');
  await keyboard.press('Enter');
  await expect(page.locator('.strip')).toBeHidden();
});

test('a phone shows one thing at a time, and every part is reached', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { viewport: { width: 360, height: 740 }, hasTouch: true },
  });
  await joinRoom(page, 'Lab', host.address);
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(people(page)).toBeHidden();
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(await wider()).toBe(false);

  await page.getByRole('button', { name: 'People', exact: true }).tap();
  await expect(people(page)).toBeVisible();
  await page.getByRole('button', { name: 'Close the list of people' }).tap();
  await expect(people(page)).toBeHidden();
  await page.getByRole('button', { name: 'Rooms' }).tap();
  await expect(page.getByRole('navigation')).toBeVisible();
  await expect(log(page)).toBeHidden();
  expect(await wider()).toBe(false);
  await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).tap();
  await expect(log(page)).toBeVisible();
});

test('it speaks Chinese to a Chinese system, and changes language at once', async ({ openApp }) => {
  const { page } = await openApp({
    settings: { name: '安妮', language: 'zh-CN' },
  });
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { name: '你好，安妮' })).toBeVisible();
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByLabel('语言').focus();
  await page.getByLabel('语言').selectOption('English');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(page.getByLabel('Language')).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Hello, 安妮' })).toBeVisible();
});

test('the theme follows the system until another one is chosen', async ({ openApp }) => {
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { colorScheme: 'dark' },
  });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Appearance').selectOption('Dark');
  await expect.poll(ground).toBe(dark);
});

test('who asked for less motion gets none', async ({ openApp }) => {
  const { page } = await openApp({ context: { reducedMotion: 'reduce' } });
  await expect(page.getByLabel('Your name')).toBeVisible();
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});
