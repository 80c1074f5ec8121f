/** What only an unusual room does is shown on a stand-in for the bridge, at the contract. */
import type { Page } from '@playwright/test';
import type { Pending, RoomView, Snapshot } from '../../preload/contract.ts';
import { expect, test } from './harness.ts';
import { log } from './window.ts';

const REFUSED: Pending = {
  id: 'p1',
  text: 'this one the room did not like',
  at: Date.UTC(2026, 10, 20, 9),
  refused: { code: 'from-the-future', sentence: 'The room has seen enough exclamation marks.' },
};

const ROOM: RoomView = {
  key: 'r',
  info: {
    id: 'i',
    name: 'Lab',
    access: 'open',
    locked: false,
    slowSeconds: 0,
    idleMinutes: null,
    remembersDays: null,
  },
  own: false,
  hosting: null,
  status: { state: 'here' },
  hostKey: 'b',
  otherHostKey: null,
  you: 'a',
  roster: [{ id: 'a', name: 'Ann', role: 'member', away: false, muted: false, since: 0 }],
  typing: [],
  entries: [],
  hasOlder: false,
  notices: [],
  pending: [REFUSED],
  unread: { count: 0, mentions: 0 },
};

const SNAPSHOT: Snapshot = {
  app: {
    version: '0.1.0',
    locale: 'en',
    suggestedName: '',
    you: 'a',
    limits: {
      name: 32,
      roomName: 200,
      text: 4_000,
      idleMinutes: [1, 1_440],
      remembersDays: 3_650,
      slowSeconds: 3_600,
      passphrase: 128,
    },
    warnings: [],
  },
  settings: { name: 'Ann', language: 'en', theme: 'light', notifications: 'off' },
  rooms: [ROOM],
  nearby: [],
};

/** Puts a bridge on the page that hands over a snapshot and writes down what it is asked. */
async function standIn(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript((snapshot) => {
    const calls: string[] = [];
    Object.assign(window, {
      calls,
      lanyard: {
        call(name: string, args: object) {
          calls.push(`${name} ${JSON.stringify(args)}`);
          return Promise.resolve({ ok: true, value: null });
        },
        subscribe(listener: (event: object) => void) {
          listener({ type: 'snapshot', snapshot });
          Object.assign(window, { emit: listener });
          return () => undefined;
        },
      },
    });
  }, SNAPSHOT);
  await page.reload();
  return () => page.evaluate(() => Reflect.get(window, 'calls'));
}

test('a refused message says why, and can be tried again or dropped', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  const calls = await standIn(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
  const refused = log(page).locator('.refused');
  await expect(refused).toContainText(REFUSED.text);
  await expect(refused.getByRole('alert')).toContainText(REFUSED.refused?.sentence ?? '');
  await refused.getByRole('button', { name: 'Try again' }).click();
  await refused.getByRole('button', { name: 'Discard' }).click();
  const asked = await calls();
  expect(asked).toContain('retry {"key":"r","id":"p1"}');
  expect(asked).toContain('cancel {"key":"r","id":"p1"}');
});

test('a problem is told once, with what to do, and not again once it was read', async ({
  openApp,
}) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  await standIn(page);
  const happen = (code: string) =>
    page.evaluate((event) => Reflect.get(window, 'emit')(event), {
      type: 'problem',
      code,
      sentence: 'x',
    });
  const told = page.getByRole('alert');
  await happen('storage-full');
  await happen('storage-full');
  await expect(told).toHaveText('The disk is full. Make some room on it, then try again.');
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await happen('storage-full');
  await happen('storage-failed');
  await expect(told).toContainText('Check the disk');
});
