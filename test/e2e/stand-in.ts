/** A stand-in for the bridge, at the contract: for what only an unusual room or shell does. */
import type { Page } from '@playwright/test';
import type { RoomView, Snapshot } from '../../preload/contract.ts';
import type { Pending } from '../../main/model/pending.ts';

/** What a room says that refuses for a reason this Lanyard does not know. */
export const REFUSED_SENTENCE = 'The room has seen enough exclamation marks.';

/** A message it has refused. */
export const REFUSED: Pending = {
  id: 'p1',
  text: 'this one the room did not like',
  at: Date.UTC(2026, 10, 20, 9),
  refused: { code: 'unknown-refusal', details: { sentence: REFUSED_SENTENCE } },
};

const ROOM: RoomView = {
  key: 'r',
  info: {
    id: 'i',
    founder: 'b',
    nonce: 'n',
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

/**
 * Puts a bridge on the page that hands over a snapshot and writes down what it is asked. A broken one
 * answers nothing: its calls reject.
 */
export async function standIn(
  page: Page,
  how: 'works' | 'broken' = 'works',
): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(
    ({ snapshot, isBroken }) => {
      const calls: string[] = [];
      Object.assign(window, {
        calls,
        lanyard: {
          call(name: string, args: object) {
            calls.push(`${name} ${JSON.stringify(args)}`);
            if (isBroken) return Promise.reject(new Error('reply was never sent'));
            return Promise.resolve({ ok: true, value: null });
          },
          subscribe(listener: (event: object) => void) {
            listener({ type: 'snapshot', snapshot });
            Object.assign(window, { emit: listener });
            return () => undefined;
          },
        },
      });
    },
    { snapshot: SNAPSHOT, isBroken: how === 'broken' },
  );
  await page.reload();
  return () => page.evaluate(() => Reflect.get(window, 'calls'));
}
