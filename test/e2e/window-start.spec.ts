import { expect, test } from './harness.ts';
import { composer, hostedAddress, hostRoom, joinRoom, log, people } from './window.ts';

test('the first start asks one thing, and refuses a name of nothing in place', async ({
  openApp,
}) => {
  const { page } = await openApp({ env: { USER: 'ann' } });
  const name = page.getByLabel('Your name');
  await expect(name).toBeFocused();
  await expect(name).not.toHaveValue('');

  await name.fill('   ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(
    'A name needs at least one visible character',
  );
  await expect(name).toBeFocused();

  await name.fill('Ann');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Hello, Ann' })).toBeVisible();
});

test('nobody nearby is an invitation, and a room that appears can be joined', async ({
  openApp,
  startHost,
}) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await expect(page.getByText('Be the first: host a room')).toBeVisible();
  await expect(page.getByText('Looking around on this network')).toBeVisible();

  await startHost({ room: 'Lab 3', name: 'Ben' });
  await page.getByRole('button', { name: 'Join Lab 3', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Lab 3', level: 1 })).toBeVisible();
  await expect(people(page).getByRole('listitem')).toHaveText([/Ann.*you/, /Ben.*Host/]);
});

test('hosting: the name is offered, the port is under Advanced, others are told how to come', async ({
  openApp,
  startBot,
  computer,
}) => {
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  await page.getByRole('button', { name: 'Host a room' }).click();
  const dialog = page.getByRole('dialog', { name: 'Host a room' });
  const room = dialog.getByLabel('Name of the room');
  await expect(room).toHaveValue('Ann’s room');
  await expect(room).toBeFocused();

  await room.fill('x'.repeat(201));
  await dialog.getByRole('button', { name: 'Host', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('at most 200 characters');
  await room.fill('Lab 3');
  await dialog.getByText('Advanced').click();
  await dialog.getByLabel('Port').fill('99999');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('from 1 to 65535');
  await dialog.getByLabel('Port').fill('47212');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await expect(page.getByText('Nothing said yet')).toBeVisible();
  await page.getByRole('button', { name: 'Share this room' }).click();
  const details = page.getByRole('dialog', { name: 'Lab 3' });
  const link = details.locator('code').first();
  await expect(link).toHaveText(/^lanyard:\/\//);
  await details.getByRole('button', { name: /^Copy lanyard:/ }).click();
  await expect(details.getByText('Copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect(link).toHaveText(copied);
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();

  await startBot({ address: `${computer.address}:47212`, name: 'Bo' });
  await expect(log(page)).toContainText('Bo came in · 2 people here');
  await expect(composer(page)).toBeVisible();
});

test('stopping a room others are in asks once; an empty one just stops', async ({
  openApp,
  startBot,
}) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(page, 'Empty');
  await page.getByRole('button', { name: 'Stop the room' }).click();
  await expect(page.locator('.strip')).toContainText('You closed this room.');

  await hostRoom(page, 'Full');
  const bo = await startBot({ address: await hostedAddress(page), name: 'Bo' });
  await expect(people(page).getByRole('listitem')).toHaveCount(2);

  await page.getByRole('button', { name: 'Stop the room' }).click();
  const asked = page.getByRole('dialog', { name: 'Stop Full?' });
  await expect(asked).toContainText('One other person is in it');
  await asked.getByRole('button', { name: 'Stay' }).click();
  await expect(asked).toBeHidden();
  await page.getByRole('button', { name: 'Stop the room' }).click();
  await asked.getByRole('button', { name: 'Stop the room' }).click();
  await expect(page.locator('.strip')).toContainText('You closed this room.');
  await bo.frame(/^closed 4001$/);
});

test('an address that is none is refused in place', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await page.getByRole('button', { name: 'Join by address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address or link').fill('not an address');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('That is not an address');
  await expect(dialog.getByLabel('Address or link')).toBeFocused();
});

test('a reload keeps the room one was in, and what was typed', async ({ openApp, startHost }) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await composer(page).fill('half a thought');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible();
  await expect(composer(page)).toHaveValue('half a thought');
});
