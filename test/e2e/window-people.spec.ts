import type { Page } from '@playwright/test';
import type { BridgeEvent } from '../../preload/contract.ts';
import type { Member } from '../../main/model/member.ts';
import { expect, test } from './harness.ts';
import { composer, joinRoom, log, messages, people } from './window.ts';

/** Has the page believe in so many more people in its room, and loads it anew. */
async function crowdInto(page: Page, count: number): Promise<void> {
  const crowd = Array.from({ length: count }, (_, index): Member => {
    const id = `A${String(index + 1).padStart(43, 'x')}`;
    const name = `Person ${index + 1}`;
    return { id, name, role: 'member', away: false, muted: false, since: 0 };
  });
  const crowded = (text: string): string => {
    const frame: { readonly event?: BridgeEvent } = JSON.parse(text);
    if (frame.event?.type !== 'snapshot') return text;
    const { snapshot } = frame.event;
    const rooms = snapshot.rooms.map((room) => ({ ...room, roster: [...room.roster, ...crowd] }));
    return JSON.stringify({ event: { type: 'snapshot', snapshot: { ...snapshot, rooms } } });
  };
  await page.routeWebSocket(/bridge$/, (socket) => {
    const app = socket.connectToServer();
    app.onMessage((message) => socket.send(crowded(String(message))));
  });
  await page.reload();
}

test('O13: everyone sees a rename; what was said before keeps the old name', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await composer(page).fill('as Ann');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toHaveText(['as Ann']);

  await page.getByRole('button', { name: 'Change your name' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change your name' });
  const name = dialog.getByLabel('Your name in this room');
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('Ann');
  await name.fill('Anna');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await bo.frame(/"change":"renamed".*"name":"Anna"/);

  await composer(page).fill('as Anna');
  await page.keyboard.press('Enter');
  await expect(log(page).locator('.said .name')).toHaveText(['Ann', 'Anna']);
  await expect(people(page).getByRole('listitem')).toHaveText([/Anna.*you/, /Host/, /Bo/]);
});

test('O13: a refused name shows why, in place, and the dialog stays', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await startBot({ address: host.address, name: 'Bo' });
  await page.getByRole('button', { name: 'Change your name' }).click();
  const dialog = page.getByRole('dialog');
  const name = dialog.getByLabel('Your name in this room');
  for (const [wanted, why] of [
    ['B O', 'already has that name'],
    ['  ', 'at least one visible character'],
    ['x'.repeat(33), 'at most 32 characters'],
    ['\u202eevil', 'invisible characters'],
    [`q${'\u0301'.repeat(5)}`, 'more than four accents'],
  ] as const) {
    await name.fill(wanted);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText(why);
    await expect(name).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(people(page).getByRole('listitem').first()).toHaveText(/^A?Ann/);
  await expect(page.getByRole('button', { name: 'Change your name' })).toBeFocused();
});

test('O12: the roster has yourself first, then the host, then the others by name', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab', name: 'Zoe' });
  const { page } = await openApp({ settings: { name: 'Mia' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await startBot({ address: host.address, name: 'ann' });
  const rows = people(page).getByRole('listitem');
  await expect(rows).toHaveText([/Mia.*you/, /Zoe.*Host/, /ann/, /Bo/]);
  await expect(people(page).getByRole('heading')).toHaveText('People 4');

  await bo.kill();
  await expect(rows).toHaveCount(3);
  await startBot({ address: host.address, name: 'Bo' });
  await expect(rows, 'O20: nobody twice').toHaveText([/Mia/, /Zoe/, /ann/, /Bo/]);
});

test('of many people those in sight are in the page, and one gets to all of them', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Hall' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Hall', host.address);
  await crowdInto(page, 400);
  const rows = people(page).getByRole('listitem');
  await expect(people(page)).toContainText('People 402');
  await expect(rows.first()).toContainText('Ann');
  await expect(rows.first()).toHaveAttribute('aria-setsize', '402');
  expect(await rows.count()).toBeLessThan(200);

  const list = people(page).locator('.members-frame');
  await list.evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
  await expect(rows.filter({ hasText: /^Person 400$/ })).toBeInViewport();
  await expect(rows.last()).toHaveAttribute('aria-posinset', '402');
  await expect(rows.filter({ hasText: /^Person 5$/ })).toHaveCount(0);

  await rows.filter({ hasText: 'Person 400' }).getByRole('button').focus();
  await list.evaluate((scroller) => (scroller.scrollTop = 0));
  await expect(rows.filter({ hasText: /^Person 5$/ })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Person 400' })).toBeVisible();
});
