/** Getting in, in Chinese and on a phone, on a stand-in for the bridge, at the contract. */
import type { NearbyRoom } from '../../main/model/room.ts';
import { roomView, snapshot } from '../renderer/rooms.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './harness.ts';

const HOSTING = { port: 47100, addresses: [], link: 'lanyard://lab:47100/r', encrypted: false };

const NEARBY: NearbyRoom = {
  id: 'n',
  name: '读书会',
  members: null,
  access: 'passphrase',
  locked: false,
  version: 'same',
  addresses: [],
};

const EVENT = snapshot({
  settings: { name: '安妮', language: 'zh-CN', theme: 'dark', notifications: 'off' },
  rooms: [roomView('r', { own: true, hosting: HOSTING })],
  nearby: [
    NEARBY,
    { ...NEARBY, id: 'l', name: '考场', access: 'open', locked: true },
    { ...NEARBY, id: 'o', name: '旧书房', version: 'older' },
    { ...NEARBY, id: 'w', name: '新书房', version: 'newer' },
  ],
});

const WORDS = ['abandon', 'ability', 'able', 'about', 'above', 'absent'];

test('in Chinese on a phone: what a room wants, who one is, and that nothing is encrypted', async ({
  openApp,
}) => {
  const { page } = await openApp({
    settings: { name: '安妮' },
    context: { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' },
  });
  await page.addInitScript(
    ({ event, words }) => {
      Object.assign(window, {
        lanyard: {
          call: (name: string) =>
            Promise.resolve(
              name === 'joinNearby'
                ? { ok: false, code: 'passphrase-needed' }
                : { ok: true, value: name === 'fingerprint' ? { words } : { rows: ['101'] } },
            ),
          subscribe(listener: (told: object) => void) {
            listener(event);
            return () => undefined;
          },
        },
      });
    },
    { event: EVENT, words: WORDS },
  );
  await page.reload();
  const wide = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('dialog')].some(
        ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
      ),
    );
  const rooms = page.getByRole('navigation');
  await expect(rooms.getByRole('button', { name: '考场' })).toContainText('已锁定');
  for (const [name, what] of [
    ['旧书房', '对方的 Lanyard 版本较旧，请主持人更新'],
    ['新书房', '需要更新版本的 Lanyard，请更新本应用'],
  ] as const) {
    const room = rooms.getByRole('button', { name });
    await expect(room).toBeDisabled();
    await expect(room).toContainText(what);
  }
  expect(await wide()).toBe(false);
  await rooms.getByRole('button', { name: /读书会.*需要口令/ }).click();
  await expect(page.getByRole('dialog', { name: '读书会 需要口令' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('口令至少要有一个字符，请重新输入。');
  await expectAccessible(page, 'a passphrase');
  expect(await wide()).toBe(false);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '设置' }).click();
  await expect(page.getByRole('list', { name: '密钥的单词' })).toHaveText(WORDS.join(''));
  expect(await wide()).toBe(false);
  await page.keyboard.press('Escape');

  await rooms.getByRole('button', { name: 'Room r' }).click();
  await expect(page.getByRole('alert')).toContainText('这个房间没有加密。');
  await page.getByRole('button', { name: '房间详情与分享' }).click();
  await page.getByRole('button', { name: '邀请……' }).click();
  await expect(page.getByRole('img', { name: '链接的二维码' })).toBeVisible();
  await expectAccessible(page, 'inviting into a room that is not encrypted');
  expect(await wide()).toBe(false);
});
