import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './harness.ts';
import { composer, joinRoom, messages } from './window.ts';

const wordsIn = (place: Locator) => place.getByRole('list').getByRole('listitem');

test('I3: a host with another key: nothing goes to it before one has compared and said so', async ({
  openApp,
  startHost,
  makeFolder,
}) => {
  const dataDir = await makeFolder();
  const host = await startHost({ room: 'Lab', dataDir });
  const { page } = await openApp({
    settings: { name: 'Ann' },
    context: { reducedMotion: 'reduce' },
  });
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(wordsIn(settings)).toHaveText(Array.from({ length: 6 }, () => /^[a-z]{3,8}$/));
  const mine = await wordsIn(settings).allTextContents();
  await page.keyboard.press('Escape');
  await joinRoom(page, 'Lab', host.address);
  await composer(page).fill('hello');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toHaveText(['hello']);

  await host.stop();
  await rm(join(dataDir, 'identity.json'));
  await startHost({ room: 'Lab', dataDir, port: host.port });
  await page.getByRole('button', { name: 'Join again' }).click();
  const warning = page.getByRole('region', { name: 'This may not be the room you know' });
  await expect(warning.getByRole('alert')).toContainText('Another device answers in its place');
  await expect(messages(page)).toBeHidden();
  const [known, other] = [
    warning.getByRole('figure', { name: 'The host you know' }),
    warning.getByRole('figure', { name: 'What answers now' }),
  ];
  await expect(wordsIn(known)).toHaveCount(6);
  await expect(wordsIn(other)).toHaveCount(6);
  const words = await wordsIn(known).allTextContents();
  expect(words).not.toEqual(await wordsIn(other).allTextContents());
  expect(words).not.toEqual(mine);
  await expectAccessible(page, 'another key');

  await warning.getByRole('button', { name: 'Stay away' }).click();
  await expect(messages(page), 'what was said can be read').toHaveText(['hello']);
  const compare = page.getByRole('button', { name: 'Compare the keys' });
  await expect(compare).toBeFocused();
  await compare.click();
  await expect(warning.getByRole('button')).toHaveText(['Stay away']);
});
