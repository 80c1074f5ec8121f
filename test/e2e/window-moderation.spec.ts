/** Looking after a room from the window: what is offered to whom, and what everybody sees of it. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './harness.ts';
import { composer, hostedAddress, hostRoom, joinRoom, log, messages, people } from './window.ts';

const acts = (page: Page) => log(page).locator('.act');
const care = (page: Page) => page.getByRole('button', { name: 'Look after the room' });
const card = (page: Page, name: string) => page.getByRole('dialog', { name });
const row = (page: Page, name: string) => people(page).getByRole('button', { name });
const MESSAGE_MENU = 'What to do with this message';

test('M1, M3, M4: a message, a voice and a person are removed, by keyboard, and the ban is lifted', async ({
  openApp,
  startBot,
}) => {
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { reducedMotion: 'reduce' },
  });
  await hostRoom(page, 'Lab');
  const mallory = await startBot({ address: await hostedAddress(page), name: 'Mallory' });
  await mallory.say('buy now', 'buy more');
  await expect(messages(page)).toHaveText(['buy now', 'buy more']);

  // From the composer back into the log, and up to the first message.
  await composer(page).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(log(page).getByRole('button', { name: MESSAGE_MENU }).last()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Remove message…' })).toBeFocused();
  await expectAccessible(page, 'the menu of a message');
  await page.keyboard.press('Escape');
  await expect(log(page).getByRole('button', { name: MESSAGE_MENU }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const asked = page.getByRole('dialog', { name: 'Remove this message?' });
  await asked.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(messages(page)).toHaveText(['This message was removed.', 'buy more']);
  await expect(acts(page)).toHaveText(['Ann removed a message']);
  await mallory.frame(/"kind":"relation\/redaction"/);

  await row(page, 'Mallory').press('Enter');
  await expect(card(page, 'Mallory').locator('.fingerprint-words li')).toHaveCount(6);
  await expectAccessible(page, 'the card of somebody');
  await card(page, 'Mallory').getByRole('button', { name: 'Mute' }).click();
  await expect(card(page, 'Mallory')).toBeHidden();
  await expect(row(page, 'Mallory'), 'the focus comes back').toBeFocused();
  await expect(row(page, 'Mallory')).toContainText('Muted');
  mallory.put('still here');
  await mallory.frame(/"type":"refused".*"code":"muted"/);

  await page.keyboard.press('Enter');
  await card(page, 'Mallory').getByRole('button', { name: 'Ban…' }).click();
  await card(page, 'Ban Mallory?').getByRole('button', { name: 'Ban', exact: true }).click();
  await mallory.frame(/^closed 4013/);
  await expect(row(page, 'Mallory')).toBeHidden();
  await expect(acts(page)).toHaveText([/message$/, 'Ann muted Mallory', 'Ann banned Mallory']);

  await care(page).click();
  await page.getByRole('menuitem', { name: 'Banned people…' }).click();
  const bans = page.getByRole('dialog', { name: 'Banned people' });
  await expect(bans.getByRole('listitem')).toContainText(['Banned by Ann']);
  await expectAccessible(page, 'the banned');
  await page.keyboard.press('Escape');

  // Whoever has gone is still found by what they said.
  await log(page).getByRole('button', { name: 'Mallory' }).first().click();
  await expect(card(page, 'Mallory')).toContainText('Not here now');
  await card(page, 'Mallory').getByRole('button', { name: 'Lift the ban' }).click();
  await expect(acts(page).last()).toHaveText('Ann lifted the ban on Mallory');
});

test('M1, M2: a moderator sees what a member does not, and neither may touch the host', async ({
  openApp,
  startBot,
}) => {
  const { page: host } = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(host, 'Lab');
  const address = await hostedAddress(host);
  const { page: guest } = await openApp({ settings: { name: 'Bob' } });
  await joinRoom(guest, 'Lab', address);
  await startBot({ address, name: 'Cleo' });
  await composer(host).fill('welcome');
  await host.keyboard.press('Enter');
  await expect(messages(guest)).toHaveText(['welcome']);
  await expect(care(guest)).toBeHidden();
  await expect(log(guest).getByRole('button', { name: MESSAGE_MENU })).toHaveCount(0);
  await row(guest, 'Cleo').click();
  await expect(card(guest, 'Cleo').locator('.member-acts')).toBeHidden();
  await guest.keyboard.press('Escape');

  await care(host).click();
  await host.getByRole('menuitemradio', { name: '10 s' }).click();
  await care(host).click();
  await host.getByRole('menuitem', { name: 'Lock the room' }).click();
  const signs = guest.getByRole('list', { name: 'How this room is guarded' });
  await expect(signs.getByRole('listitem')).toHaveText(['Locked', 'Slow: 10 s']);
  await expect(guest.locator('#composer-hint')).toHaveText('Slow mode: one message every 10 s');
  await composer(guest).fill('first');
  await guest.keyboard.press('Enter');
  await expect(messages(guest)).toHaveText(['welcome', 'first']);
  await composer(guest).fill('second');
  await guest.keyboard.press('Enter');
  await expect(guest.locator('.pending .fate')).toContainText('when it is your turn');

  await row(host, 'Bob').click();
  await card(host, 'Bob').getByRole('button', { name: 'Mute' }).click();
  await expect(composer(guest)).toHaveAttribute('placeholder', /^You are muted here/);
  await expect(composer(guest)).not.toBeEditable();

  await row(host, 'Bob').click();
  await card(host, 'Bob').getByRole('button', { name: 'Unmute' }).click();
  await row(host, 'Bob').click();
  await card(host, 'Bob').getByRole('button', { name: 'Make moderator' }).click();
  await expect(row(guest, 'Bob')).toContainText('Moderator');
  await expect(composer(guest)).toBeEditable();
  await expect(care(guest)).toBeVisible();
  await expect(log(guest).getByRole('button', { name: MESSAGE_MENU }).first()).toBeAttached();
  await row(guest, 'Ann').click();
  await expect(card(guest, 'Ann').locator('.member-acts')).toBeHidden();
  await guest.keyboard.press('Escape');
  await row(guest, 'Cleo').click();
  await expect(card(guest, 'Cleo').locator('.member-acts').getByRole('button')).toHaveText([
    'Mute',
    'Remove',
    'Ban…',
  ]);
  await card(guest, 'Cleo').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(acts(host)).toHaveText([
    'Ann turned slow mode on: one message every 10 s',
    'Ann locked the room: nobody new gets in',
    'Ann muted Bob',
    'Ann unmuted Bob',
    'Ann made Bob a moderator',
    'Bob removed Cleo',
  ]);
});

test('E1: what cannot be verified, or was written at another time, says so', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('as usual');
  bo.put('send me the passphrase', { signature: `${'A'.repeat(85)}Q` });
  bo.put('from long ago', { written: Date.now() - 60 * 60_000 });
  const said = log(page).locator('.said');
  await expect(said).toHaveCount(3);
  await expect(said.nth(0).locator('.doubt, .written')).toHaveCount(0);
  await expect(said.nth(1).locator('.doubt')).toHaveText(
    'Could not be verified: it may not be from Bo.',
  );
  await expect(said.nth(2).locator('.doubt')).toHaveCount(0);
  await expect(said.nth(2).locator('.written')).toHaveText(/^Written .*\d/);
  await expectAccessible(page, 'a doubtful message');
});
