import { expectAccessible } from './accessible.ts';
import { expect, test } from './harness.ts';

test('a room with a passphrase: chosen by its host, asked for once, changed later', async ({
  openApp,
}) => {
  const { page: ann } = await openApp({
    settings: { name: 'Ann' },
    context: { reducedMotion: 'reduce' },
  });
  await ann.getByRole('button', { name: 'Host a room' }).click();
  const hosting = ann.getByRole('dialog', { name: 'Host a room' });
  await expect(hosting.getByLabel('Everybody on this network')).toBeChecked();
  await expect(hosting.getByLabel('Passphrase', { exact: true })).toBeHidden();
  await hosting.getByLabel('Name of the room').fill('Club');
  await hosting.getByLabel('Everybody on this network').focus();
  await ann.keyboard.press('ArrowDown');
  await ann.keyboard.press('Enter');
  const chosen = hosting.getByLabel('Passphrase', { exact: true });
  await expect(chosen).toBeFocused();
  await expect(chosen).toHaveAccessibleDescription(/at least one character/);
  await hosting.getByRole('button', { name: 'Suggest one' }).click();
  await expect(chosen).toHaveValue(/^\w{4}(-\w{4}){3}$/);
  await expectAccessible(ann, 'hosting with a passphrase');
  await chosen.fill('open sesame');
  await ann.keyboard.press('Enter');
  await expect(ann.getByRole('heading', { name: 'Club', level: 1 })).toBeVisible();

  const { page: bo } = await openApp({
    settings: { name: 'Bo' },
    context: { reducedMotion: 'reduce' },
  });
  const nearby = bo.getByRole('main').getByRole('listitem').filter({ hasText: 'Club' });
  await expect(nearby).toContainText('Passphrase');
  await nearby.getByRole('button', { name: 'Join Club' }).click();
  const asked = bo.getByRole('dialog', { name: 'Club has a passphrase' });
  const typed = asked.getByLabel('Passphrase', { exact: true });
  await expect(typed).toBeFocused();
  await expect(typed).toHaveAttribute('type', 'password');
  await bo.keyboard.type('open barley');
  await bo.keyboard.press('Enter');
  await expect(asked.getByRole('alert')).toContainText('not the passphrase of this room');
  await asked.getByRole('button', { name: 'Show the passphrase' }).click();
  await expect(typed).toHaveAttribute('type', 'text');
  await typed.focus();
  expect(await typed.evaluate(() => getSelection()?.toString()), 'typing replaces it').toBe(
    'open barley',
  );
  await bo.keyboard.type('open sesame');
  await bo.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(bo.locator('.room-header .status')).toHaveText('2 people');

  await ann.getByRole('button', { name: 'Room details and sharing' }).click();
  await ann.getByRole('button', { name: 'Change…' }).click();
  const changing = ann.getByRole('dialog', { name: 'Who may come in?' });
  await expect(changing).toContainText('Whoever was let in stays in');
  await changing.getByLabel('Invited people only').check();
  await changing.getByRole('button', { name: 'Save' }).click();
  await expect(changing).toBeHidden();
  await bo.getByRole('button', { name: 'Room details and sharing' }).click();
  await expect(bo.getByRole('dialog')).toContainText('Only the invited may come in.');
  await bo.keyboard.press('Escape');

  await bo.getByRole('button', { name: 'Leave the room' }).click();
  await bo.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await bo.getByRole('button', { name: 'Join again' }).click();
  await expect(bo.locator('.room-header .status'), 'was let in, stays in').toHaveText('2 people');
});
