import { expectAccessible } from './accessible.ts';
import { expect, test } from './harness.ts';

test('O7: an invitation is made, passed on, used, used up and revoked', async ({ openApp }) => {
  const { page: ann } = await openApp({
    settings: { name: 'Ann', theme: 'dark' },
    context: { reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] },
  });
  await ann.getByRole('button', { name: 'Host a room' }).click();
  await ann.getByLabel('Name of the room').fill('Board');
  await ann.getByLabel('Invited people only').check();
  await ann.getByRole('button', { name: 'Host', exact: true }).click();
  await ann.getByRole('button', { name: 'Room details and sharing' }).click();
  await ann.getByRole('button', { name: 'Invite…' }).click();
  const inviting = ann.getByRole('dialog', { name: 'Invite to Board' });
  await expect(inviting.getByLabel('Valid for')).toBeFocused();
  await inviting.getByLabel('Valid for').selectOption('Until I revoke it');
  await inviting.getByLabel('Lets in').selectOption('1 person');
  await inviting.getByRole('button', { name: 'Create an invitation' }).click();
  await expect(inviting.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  const rows = inviting.getByRole('listitem').filter({ hasText: 'used' });
  await expect(rows).toHaveText(/Valid until you revoke it.*used 0 of 1/);
  await expectAccessible(ann, 'a new invitation');
  await inviting.getByRole('button', { name: /^Copy lanyard:/ }).click();
  await expect(inviting.getByText('Copied')).toBeVisible();
  const link = await ann.evaluate(() => navigator.clipboard.readText());

  const { page: bo } = await openApp({
    settings: { name: 'Bo' },
    context: { reducedMotion: 'reduce' },
  });
  const nearby = bo.getByRole('main').getByRole('listitem').filter({ hasText: 'Board' });
  await expect(nearby).toContainText('Invited only');
  await nearby.getByRole('button', { name: 'Join Board' }).click();
  const asked = bo.getByRole('dialog', { name: 'Board is for the invited' });
  const field = asked.getByLabel('Invitation link');
  await expect(field).toBeFocused();
  await field.fill(link.slice(0, -8));
  await bo.keyboard.press('Enter');
  await expect(asked.getByRole('alert')).toContainText(/not one of this room|not an address/);
  await field.fill(link);
  await bo.keyboard.press('Enter');
  await expect(bo.getByRole('heading', { name: 'Board', level: 1 })).toBeVisible();

  await expect(rows, 'told without being asked').toHaveText(/Used up.*used 1 of 1/);
  await inviting.getByRole('button', { name: 'Create an invitation' }).click();
  await inviting.getByRole('button', { name: /^Revoke the invitation made/ }).click();
  await expect(rows).toHaveText([/^Revoked/, /^Used up/]);
});
