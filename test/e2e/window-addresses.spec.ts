/** D5: whatever is typed into the window, or comes with a link, is an address or a sentence. */
import { NO_ADDRESSES } from '../support/no-addresses.ts';
import { expect, test } from './harness.ts';
import { hostedAddress, hostRoom, messages } from './window.ts';

test('what is no address is told of, and the rooms hosted here go on', async ({
  openApp,
  startBot,
  startHost,
}) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(page, 'Lab');
  const ben = await startBot({ address: await hostedAddress(page), name: 'Ben' });
  await page.getByRole('button', { name: 'Join by address' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('Address or link');
  const refusal = dialog.locator('#refusal');
  const told = async (address: string, sentence: string) => {
    // What was told last must not pass for what is told now.
    await refusal.evaluate((element) => element.replaceChildren());
    await field.fill(address);
    await field.press('Enter');
    await expect(refusal, address).toContainText(sentence);
  };
  const hosts = NO_ADDRESSES.slice(0, 12);
  const urls = ['ws', 'wss', 'lanyard'].map((scheme) => `${scheme}://${NO_ADDRESSES[0]}`);
  for (const address of [...hosts, ...urls, 'lab\0', 'lab\ud800']) {
    await told(address, 'That is not an address.');
  }
  const other = await startHost({ room: 'Other' });
  await field.fill(inFullWidth(other.address));
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'Other', level: 1 })).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
  await ben.say('still here');
  await expect(messages(page)).toHaveText(['still here']);
});

/** As a Chinese input method types it. */
function inFullWidth(address: string): string {
  return address.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}
