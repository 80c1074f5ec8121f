import { expect, test } from './harness.ts';
import { keepRoom, numbered } from './kept-room.ts';
import { composer, joinRoom, log, messages, scrollToBeginning, showReopened } from './window.ts';

test('O3: everyone gets each message, the sender too; own and others’ look different', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('hello', 'again');
  await composer(page).fill('hello yourself');
  await page.keyboard.press('Enter');
  await bo.frame(/hello yourself/);
  await expect(messages(page)).toHaveText(['hello', 'again', 'hello yourself']);

  const rows = log(page).locator('.said');
  await expect(rows.nth(0).locator('.name')).toHaveText('Bo');
  await expect(rows.nth(1).locator('.name')).toHaveCount(0);
  await expect(rows.nth(2)).toHaveClass(/own/);
  const colour = (row: number) =>
    rows
      .nth(row)
      .locator('.name')
      .evaluate((name) => getComputedStyle(name).color);
  expect(await colour(0)).not.toBe(await colour(2));
});

test('O2: who comes and goes is a quiet line with the count', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await expect(log(page).getByText('Bo came in · 3 people here')).toBeVisible();
  await bo.leave();
  const left = log(page).getByText('Bo left · 2 people here');
  await expect(left).toBeVisible();
  await expect(left).toHaveCSS('text-align', 'center');
});

test('O20: hostile text stays text, in every place it is shown', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const evil = '<img src=x onerror=alert(1)>';
  const host = await startHost({ room: `Lab ${evil}` });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  const alerts: string[] = [];
  page.on('dialog', (dialog) => alerts.push(dialog.message()));
  await joinRoom(page, `Lab ${evil}`, host.address);
  const bo = await startBot({ address: host.address, name: '<b>Bo</b>' });
  await bo.say(evil, '</p><script>alert(1)</script>', 'javascript:alert(1)', 'x'.repeat(3_000));
  await expect(messages(page).nth(3)).toBeVisible();
  await expect(messages(page).nth(0)).toHaveText(evil);
  await expect(log(page).locator('.name').first()).toHaveText('<b>Bo</b>');
  await expect(log(page).locator('img, script, b, a')).toHaveCount(0);
  // Nothing makes the page wider than the window.
  const wider = await log(page).evaluate((element) => element.scrollWidth > element.clientWidth);
  expect(wider).toBe(false);
  expect(alerts).toEqual([]);
});

test('web links open outside, and nothing else is a link', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('see http://127.0.0.1:9/plan (page 3).');
  const link = log(page).getByRole('link');
  await expect(link).toHaveText('http://127.0.0.1:9/plan');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
});

test('O17: the log follows at its end, holds still elsewhere, and says how much is new', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say(...numbered(60));
  await expect(messages(page).filter({ hasText: /^message 60$/ })).toBeInViewport();

  await log(page).hover();
  await page.mouse.wheel(0, -900);
  const jump = page.getByRole('button', { name: /To the newest message|new message/ });
  await expect(jump).toBeVisible();
  const anchor = messages(page).filter({ hasText: /^message 30$/ });
  await anchor.scrollIntoViewIfNeeded();
  const top = async () => (await anchor.boundingBox())?.y ?? Number.NaN;
  const before = await top();
  await bo.say('one more', 'and another');
  await expect(jump).toHaveText('2 new messages');
  expect(await top()).toBeCloseTo(before, 0);

  await jump.click();
  await expect(messages(page).filter({ hasText: 'and another' })).toBeInViewport();
  await expect(jump).toBeHidden();
  await bo.say('followed');
  await expect(messages(page).filter({ hasText: 'followed' })).toBeInViewport();
});

test('however many messages there are: few rows in the page, the first one still to be reached', async ({
  openApp,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(2_000), active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');
  await expect(messages(page).filter({ hasText: /^message 2000$/ })).toBeInViewport();

  const rows = await scrollToBeginning(page);
  await expect(messages(page).filter({ hasText: /^message 1$/ })).toBeInViewport();
  expect(rows).toBeLessThan(300);
  await expect(log(page).getByText('This is where the conversation begins.')).toBeVisible();

  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect(messages(page).filter({ hasText: /^message 2000$/ })).toBeInViewport();
});

test('older messages than the room sends at first come as one scrolls up', async ({
  openApp,
  startHost,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(500), active: false });
  const host = await startHost({ room: 'Lab', dataDir });
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await expect(messages(page).filter({ hasText: /^message 500$/ })).toBeInViewport();
  await log(page).hover();
  const seen: number[] = [];
  await expect(async () => {
    await page.mouse.wheel(0, -4_000);
    const top = await messages(page).first().innerText();
    seen.push(Number(top.replace('message ', '')));
    expect(seen.at(-1)).toBe(1);
  }).toPass({ intervals: [50] });
  expect(seen, 'they come in order').toEqual(seen.toSorted((a, b) => b - a));
});

test('more rows above what one reads do not move it', async ({ openApp, makeFolder }) => {
  const dataDir = await makeFolder();
  keepRoom(dataDir, { room: 'Lab', texts: numbered(300), active: true });
  const { page } = await openApp({ dataDir, settings: { name: 'Ann' } });
  await showReopened(page, 'Lab');
  await expect(messages(page).filter({ hasText: /^message 300$/ })).toBeInViewport();
  // The room is open again: nothing else moves from here on.
  await expect(page.locator('.room-header .status')).toHaveText(/person/);
  const oldest = messages(page).first();
  const before = await oldest.innerText();
  const read = await log(page).evaluateHandle((element) => {
    element.scrollTop = 500;
    const top = element.getBoundingClientRect().top;
    const rows = [...element.querySelectorAll('.said')];
    const row = rows.find((each) => each.getBoundingClientRect().top > top);
    // How far it has moved since this very moment, before the log could react.
    const stood = row?.getBoundingClientRect().top ?? Number.NaN;
    return { moved: () => (row?.getBoundingClientRect().top ?? Number.NaN) - stood };
  });
  await expect(oldest).not.toHaveText(before);
  expect(await read.evaluate(({ moved }) => moved())).toBeCloseTo(0, 0);
});

test('a screen reader hears what is new and not the backlog', async ({
  openApp,
  startHost,
  startBot,
}) => {
  const host = await startHost({ room: 'Lab' });
  const bo = await startBot({ address: host.address, name: 'Bo' });
  await bo.say('from before');
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await joinRoom(page, 'Lab', host.address);
  await expect(messages(page)).toHaveText(['from before']);
  const heard = page.locator('.log-frame [aria-live="polite"]');
  await expect(heard).toBeEmpty();
  await bo.say('fresh');
  await expect(heard).toHaveText('Bo: fresh');
});
