/** What people see when windows, rooms, programs and cables come and go. */
import { whyNoLan } from '../support/network-namespaces.ts';
import { expect, test } from './harness.ts';
import { composer, hostedAddress, hostRoom, joinRoom, log, messages, people } from './window.ts';

const noLan = whyNoLan();

test('a reload keeps everything', async ({ openApp, startBot }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await hostRoom(page, 'Workshop');
  const ben = await startBot({ address: await hostedAddress(page), name: 'Ben' });
  await composer(page).fill('Hello Ben');
  await composer(page).press('Enter');
  await ben.frame(/"type":"entries".*Hello Ben/);
  await ben.say('Hello Ann');
  await composer(page).fill('a draft');
  await expect(messages(page)).toHaveText(['Hello Ben', 'Hello Ann']);
  const quietLines = await log(page).locator('.notice').allTextContents();

  await page.reload();

  await expect(page.getByRole('heading', { name: 'Workshop', level: 1 })).toBeVisible();
  await expect(messages(page)).toHaveText(['Hello Ben', 'Hello Ann']);
  await expect(log(page).locator('.notice')).toHaveText(quietLines);
  await expect(people(page).getByRole('listitem')).toHaveText([/Ann/, /Ben/]);
  await expect(composer(page)).toHaveValue('a draft');
  await ben.say('Still there?');
  await expect(messages(page)).toHaveText(['Hello Ben', 'Hello Ann', 'Still there?']);
});

test('O17: everyone is told at once when the host closes the room', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Lab', name: 'Hal' });
  const ann = await openApp({ settings: { name: 'Ann' } });
  const ben = await openApp({ settings: { name: 'Ben' } });
  for (const { page } of [ann, ben]) await joinRoom(page, 'Lab', host.address);

  await host.stop();

  for (const { page } of [ann, ben]) {
    await expect(page.getByRole('status').getByText('The host closed the room.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Join again' })).toBeVisible();
    await expect(log(page)).toContainText('You are disconnected. The host closed the room.');
  }
});

test('O17: after a crash of the host members wait, and others no longer see the room', async ({
  openApp,
  startHost,
  computers: [hosts, watchers],
}) => {
  test.skip(noLan !== null, `crashed rooms are told from living ones on a LAN: ${noLan}`);
  const host = await startHost({ room: 'Lab', name: 'Hal', on: hosts });
  const { page: member } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(member, 'Lab', host.address);
  const { page: watcher } = await openApp({ settings: { name: 'Wim' }, on: watchers });
  const offer = watcher.getByRole('button', { name: 'Join Lab', exact: true });
  await expect(offer).toBeVisible();

  await host.kill();

  await expect(member.getByText(/^Trying again in \d+ s$/)).toBeVisible();
  await expect(log(member)).toContainText('You are disconnected. The connection was lost.');
  await expect(offer).toBeHidden();
});

test('a room started anew at the same address is not taken for the old one', async ({
  openApp,
  startHost,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const before = await startHost({ room: 'Lab', name: 'Hal', dataDir });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', before.address);
  await before.kill();
  await expect(page.getByRole('button', { name: 'Now' })).toBeVisible();

  await startHost({ room: 'Lab again', name: 'Hal', dataDir, port: before.port });

  const told = page.getByRole('status').getByText('Another room answers at this address now.');
  await expect(told).toBeVisible();
  await expect(page.getByRole('button', { name: 'Join again' })).toBeVisible();
  await page.getByRole('button', { name: 'Rooms nearby' }).click();
  await page.getByRole('button', { name: 'Join Lab again', exact: true }).click();
  await expect(people(page)).toContainText('People 2');
});

test('a pulled cable is noticed within 20 s; back in, nothing said meanwhile is missing', async ({
  openApp,
  startHost,
  startBot,
  computers: [hosts, anns],
}) => {
  test.skip(noLan !== null, `a cable is pulled on a LAN of the test's own: ${noLan}`);
  const host = await startHost({ room: 'Lab', name: 'Hal', on: hosts });
  const { page } = await openApp({ settings: { name: 'Ann' }, on: anns });
  await joinRoom(page, 'Lab', host.address);
  const ben = await startBot({ address: host.address, name: 'Ben', on: hosts });
  await ben.say('before');
  await expect(messages(page)).toHaveText(['before']);

  await anns.setCable('out');
  try {
    await ben.frame(/"change":"left".*"name":"Ann","reason":"lost"/);
    await ben.say('meanwhile');
    await expect(page.getByRole('button', { name: 'Now' })).toBeVisible();
    await composer(page).fill('typed without a cable');
    await composer(page).press('Enter');
    await expect(log(page)).toContainText('Goes out once you are connected.');
  } finally {
    await anns.setCable('in');
  }

  await expect(messages(page)).toHaveText(['before', 'meanwhile', 'typed without a cable']);
  await ben.frame(/"type":"entries".*typed without a cable/);
  await expect(log(page).locator('.pending')).toHaveCount(0);
  await expect(people(page)).toContainText('People 3');
});
