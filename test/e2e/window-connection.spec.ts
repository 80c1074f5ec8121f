import { expect, test } from './harness.ts';
import { composer, joinRoom, log, messages } from './window.ts';

test('O9, O17: a host that crashes: it says so, keeps trying, and keeps what one types', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await expect(log(page)).toContainText('You are connected · 2 people here');
  await host.kill();

  const strip = page.locator('.strip');
  await expect(strip).toContainText(/The connection was lost|Nothing answers/);
  await expect(strip).toContainText(/Trying again/);
  await expect(log(page)).toContainText('You are disconnected.');
  await expect(page.locator('.room-header .status')).toHaveText(/Trying again|Connecting/);

  await composer(page).fill('typed while away');
  await page.keyboard.press('Enter');
  const pending = log(page).locator('.pending');
  await expect(pending).toContainText('typed while away');
  await expect(pending).toContainText('Goes out once you are connected.');
});

test('the “Now” button tries at once', async ({ openApp, startHost }) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await host.kill();
  const now = page.getByRole('button', { name: 'Now' });
  await expect(now).toBeVisible();
  await expect(page.locator('.countdown')).toHaveText(/Trying again in \d+ s/);
  await now.click();
  await expect(page.locator('.strip')).toContainText(/Connecting…|Nothing answers/);
});

test('a host that closes the room: it says so, and one can join again', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Lab', port: 47213 });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await composer(page).fill('hello');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toHaveText(['hello']);
  await host.stop();

  const strip = page.locator('.strip');
  await expect(strip).toContainText('The host closed the room.');
  const closed = 'Join the room again to write in it';
  await expect(composer(page)).toHaveAttribute('placeholder', closed);
  await composer(page).fill('too late');
  await expect(page.locator('.composer .hint')).toHaveText(closed);
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await expect(messages(page)).toHaveText(['hello']);
  await expect(page.getByRole('button', { name: 'Join again' })).toBeVisible();
});

test('a page that cannot reach Lanyard says so instead of staying empty', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  // The app goes after it has served the page.
  await page.routeWebSocket(/bridge$/, (socket) => socket.close({ code: 1001 }));
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('Lanyard was stopped');
});

test('Lanyard itself stops: the page says so, and keeps what was typed', async ({
  openApp,
  startHost,
}) => {
  const host = await startHost({ room: 'Lab' });
  const app = await openApp({ settings: { name: 'Ann' } });
  const { page } = app;
  await joinRoom(page, 'Lab', host.address);
  await composer(page).fill('half a thought');
  await app.stop();
  await expect(page.getByRole('alert')).toContainText('Lanyard was stopped. Start it again');
  await page.keyboard.press('Enter');
  await expect(page.locator('.composer .hint')).toContainText('Nothing was sent');
  await expect(composer(page)).toHaveValue('half a thought');
});
