import { expect, test } from 'vitest';
import { logEvents } from '../../main/bridge/log-events.ts';
import type { BridgeEvent } from '../../preload/contract.ts';
import { createStubApp } from '../shells/electron/stub-app.ts';

/** What is logged of these events, each as it would stand in its line. */
function logged(events: readonly BridgeEvent[]): readonly string[] {
  const lines: string[] = [];
  const listen = logEvents({
    event: (...facts) => lines.push(JSON.stringify(facts)),
    crash: () => undefined,
  });
  for (const event of events) listen(event);
  return lines;
}

test('a problem is logged by its code', () => {
  const problem = { type: 'problem', code: 'storage-full' } as const;
  expect(logged([problem])).toEqual(['["problem",{},"storage-full"]']);
});

test('so is what went wrong at the start', () => {
  const app = createStubApp();
  const events: BridgeEvent[] = [];
  app.bridge.subscribe((event) => events.push(event));
  const [snapshot] = events;
  if (snapshot?.type !== 'snapshot') throw new Error('There is no snapshot.');
  const warnings = [
    { code: 'settings-unreadable', details: { file: '/home/ann/settings.json.damaged' } },
  ] as const;
  const told = { ...snapshot.snapshot, app: { ...snapshot.snapshot.app, warnings } };
  expect(logged([{ type: 'snapshot', snapshot: told }])).toEqual([
    '["problem",{},"settings-unreadable"]',
  ]);
});

/** The room is hosted where the link says, or not at all. */
function hosting(key: string, link: string | null): BridgeEvent {
  const info = { port: 47_100, addresses: [], link: link ?? '', encrypted: true };
  return { type: 'room-hosting', key, hosting: link === null ? null : info };
}

test('a room is hosted once and closed once, whatever becomes of its addresses', () => {
  const events = [
    hosting('lab', null),
    hosting('lab', 'lanyard://10.0.0.2/'),
    hosting('lab', 'lanyard://10.0.0.3/'),
    hosting('deck', 'lanyard://10.0.0.3:47101/'),
    hosting('lab', null),
    hosting('lab', null),
  ];
  expect(logged(events)).toEqual([
    '["room-hosted",{"rooms":1}]',
    '["room-hosted",{"rooms":2}]',
    '["room-closed",{"rooms":1}]',
  ]);
});

test('how a room stands is logged with the reason', () => {
  const reason = 'room-closed';
  const statuses = [
    { state: 'connecting' },
    { state: 'here' },
    { state: 'waiting', until: 0, reason: 'connection-lost' },
    { state: 'ended', reason },
  ] as const;
  expect(logged(statuses.map((status) => ({ type: 'room-status', key: 'lab', status })))).toEqual([
    '["room-joined"]',
    '["room-lost",{},"connection-lost"]',
    '["room-ended",{},"room-closed"]',
  ]);
});

test('nothing that is said, and nobody’s name, is logged', () => {
  expect(
    logged([
      { type: 'notification', key: 'lab', title: 'Ann in Lab', body: 'a secret' },
      { type: 'room-typing', key: 'lab', typing: ['ann'] },
      { type: 'room-removed', key: 'lab' },
    ]),
  ).toEqual([]);
});
