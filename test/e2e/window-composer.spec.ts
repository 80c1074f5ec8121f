import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { composer, hostRoom, joinRoom, log, messages, people } from './window.ts';

/** Types the way an input method does: the text is not final, and Enter goes to the method first. */
async function composeWithEnter(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = text.length;
  await session.send('Input.imeSetComposition', { text, selectionStart: at, selectionEnd: at });
  for (const type of ['rawKeyDown', 'keyUp'] as const) {
    // 229 is what every key is that an input method has taken.
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await session.send('Input.dispatchKeyEvent', { type, ...key });
  }
  await session.send('Input.insertText', { text });
  await session.detach();
}

test.describe('in a room of one’s own', () => {
  let page: Page;
  test.beforeEach(async ({ openApp }) => {
    ({ page } = await openApp({ settings: { name: 'Ann' } }));
    await hostRoom(page, 'Lab');
    await expect(composer(page)).toBeFocused();
  });

  test('O9: Enter sends, Shift+Enter breaks the line, and Enter that commits a composition sends nothing', async () => {
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await expect(messages(page)).toHaveText(['one\ntwo'], { useInnerText: true });
    await expect(composer(page)).toHaveValue('');
    await expect(composer(page)).toBeFocused();

    await composeWithEnter(page, '你好');
    await expect(composer(page)).toHaveValue('你好');
    await expect(messages(page)).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(messages(page).last()).toHaveText('你好');
    await expect(messages(page)).toHaveCount(2);
  });

  test('it grows to six lines, and says what is too long before it is sent, in characters as people count', async () => {
    const height = async () => (await composer(page).boundingBox())?.height ?? 0;
    const one = await height();
    await composer(page).fill('1\n2\n3');
    const three = await height();
    await composer(page).fill('1\n2\n3\n4\n5\n6');
    const six = await height();
    await composer(page).fill('1\n2\n3\n4\n5\n6\n7\n8\n9');
    expect(three).toBeGreaterThan(one);
    expect(six).toBeGreaterThan(three);
    expect(await height()).toBe(six);

    const hint = page.locator('.composer .hint');
    await composer(page).fill('🦊'.repeat(3_999));
    await expect(hint).toHaveText('1 character left');
    await composer(page).fill('🦊'.repeat(4_001));
    await expect(hint).toContainText('1 too many');
    await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await page.keyboard.press('Enter');
    await expect(messages(page)).toHaveCount(0);

    // Only spaces are nothing to send either, nor is what cannot be seen.
    for (const nothing of [' \n ', '\u200b', '\u3164 \u00ad']) {
      await composer(page).fill(nothing);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    }
    await expect(messages(page)).toHaveCount(0);

    await composer(page).fill('🦊'.repeat(4_000));
    await page.keyboard.press('Enter');
    await expect(messages(page)).toHaveCount(1);
    await expect(hint).toBeEmpty();
  });

  test('O12, O13: /who tells who is here, /rename changes the name, and without one asks for it', async () => {
    await page.keyboard.type('/who');
    await page.keyboard.press('Enter');
    await expect(page.locator('.composer .hint')).toHaveText('1 person here: Ann');
    await page.keyboard.type('/rename Anna');
    await page.keyboard.press('Enter');
    await expect(log(page)).toContainText('Ann is now called Anna · 1 person here');
    await expect(people(page).getByRole('listitem')).toHaveText([/Anna/]);
    await page.keyboard.type('/rename');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Change your name' })).toBeVisible();
    await expect(messages(page)).toHaveCount(0);
  });
});

test('each room keeps its draft', async ({ openApp, startHost }) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await composer(page).fill('for the lab');
  await hostRoom(page, 'Lunch');
  await expect(composer(page)).toHaveValue('');
  await composer(page).fill('for lunch');
  const room = (name: string) => page.getByRole('navigation').getByRole('button', { name });
  await room('Lab').click();
  await expect(composer(page)).toHaveValue('for the lab');
  await room('Lunch').click();
  await expect(composer(page)).toHaveValue('for lunch');
});

test('who types is seen typing, and no longer once it is sent', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  bo.type(true);
  await expect(page.getByText('Bo is typing')).toBeVisible();
  await bo.say('there');
  await expect(page.getByText('Bo is typing')).toBeHidden();

  await composer(page).pressSequentially('hi');
  await bo.frame(/"type":"typing".*"on":true/);
  await page.keyboard.press('Enter');
  await bo.frame(/"type":"typing".*"on":false/);
});
