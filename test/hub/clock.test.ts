/** The host's clock may be set while people are in the room. */
import { expect, test } from 'vitest';
import { Hub } from '../../main/hub/hub.ts';
import type { HubEffect, Identity } from '../../main/hub/hub-types.ts';
import { OPEN_RULES } from '../../main/hub/rules.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOON = Date.UTC(2026, 10, 21, 12);

const ANN: Identity = { member: 'm', inviteHash: null, passphrase: null };

/** A hub that shows people out after two minutes, with Ann in it since noon. */
function hubWithAnn(): Hub {
  const hub = new Hub({
    room: { id: 'r', name: 'Lab', idleMinutes: 2, remembersDays: null },
    hostId: 'h',
    rules: OPEN_RULES,
    known: [],
    log: new MemoryEntries('e'),
    capacity: 10,
  });
  hub.handle({
    type: 'message',
    now: NOON,
    connection: 1,
    message: { type: 'hello', version: PROTOCOL_VERSION, name: 'Ann' },
    identity: ANN,
  });
  return hub;
}

/** Ticks once a second from then on, for so long. */
function tick(hub: Hub, from: number, ms: number): readonly HubEffect[] {
  return Array.from({ length: ms / 1_000 }, (_, second) =>
    hub.handle({ type: 'tick', now: from + second * 1_000 }),
  ).flat();
}

const idle = expect.objectContaining({ type: 'close', reason: 'idle' });

test('P7: nobody is shown out because the clock was set forward', () => {
  const hub = hubWithAnn();
  tick(hub, NOON, MINUTE_MS);
  const later = NOON + HOUR_MS + MINUTE_MS;
  expect(tick(hub, later, 50_000)).toEqual([]);
  expect(tick(hub, later + 50_000, 20_000)).toContainEqual(idle);
});

test('P7: a clock that was set back keeps nobody for much longer', () => {
  const hub = hubWithAnn();
  tick(hub, NOON, MINUTE_MS);
  const earlier = NOON - HOUR_MS;
  expect(tick(hub, earlier, 2 * MINUTE_MS)).toEqual([]);
  expect(tick(hub, earlier + 2 * MINUTE_MS, 2_000)).toContainEqual(idle);
});

test('P6: nobody types for an hour because the clock was set back', () => {
  const hub = hubWithAnn();
  const message = { type: 'typing', on: true } as const;
  const identity = ANN;
  hub.handle({ type: 'message', now: NOON, connection: 1, message, identity });
  expect(tick(hub, NOON - HOUR_MS, 1_000)).toContainEqual(
    expect.objectContaining({ message: { type: 'typing', id: 'm', on: false } }),
  );
});
