/** The host's clock may be set while people are in the room. */
import { expect, test } from 'vitest';
import { TALK } from '../simulation/names.ts';
import { setting, TriedHub } from './tried-hub.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOON = Date.UTC(2026, 10, 21, 12);

/** A hub that shows people out after two minutes, with Ann in it since noon. */
function hubWithAnn(): TriedHub {
  const hub = new TriedHub({ acts: [setting({ idleMinutes: 2 })] });
  hub.now = NOON;
  hub.join(1, 'Ann');
  return hub;
}

/** Ticks once a second from then on, for so long. */
function tick(hub: TriedHub, from: number, ms: number): void {
  for (let passed = 0; passed < ms; passed += 1_000) {
    hub.input({ type: 'tick', now: from + passed });
  }
}

test('P7: nobody is shown out because the clock was set forward', () => {
  const hub = hubWithAnn();
  tick(hub, NOON, MINUTE_MS);
  const later = NOON + HOUR_MS + MINUTE_MS;
  tick(hub, later, 50_000);
  expect(hub.closedBecause(1)).toBeUndefined();
  tick(hub, later + 50_000, 20_000);
  expect(hub.closedBecause(1)).toBe('idle');
});

test('P7: a clock that was set back keeps nobody for much longer', () => {
  const hub = hubWithAnn();
  tick(hub, NOON, MINUTE_MS);
  const earlier = NOON - HOUR_MS;
  tick(hub, earlier, 2 * MINUTE_MS);
  expect(hub.closedBecause(1)).toBeUndefined();
  tick(hub, earlier + 2 * MINUTE_MS, 2_000);
  expect(hub.closedBecause(1)).toBe('idle');
});

test('P6: nobody types for an hour because the clock was set back', () => {
  const hub = hubWithAnn();
  hub.join(2, 'Bo');
  hub.send(1, { type: 'typing', conversation: TALK, on: true });
  hub.takeAll();
  tick(hub, NOON - HOUR_MS, 1_000);
  expect(hub.take(2)).toEqual([{ type: 'typing', conversation: TALK, id: 'key-1', on: false }]);
});
