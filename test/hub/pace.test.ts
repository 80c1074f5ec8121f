import { expect, test } from 'vitest';
import { Pace } from '../../main/hub/engine/pace.ts';

/** A pace at which messages have come every half ms, and a flush of three that took so many ms. */
function paced(cost: number, from = 1_000): { readonly pace: Pace; readonly flushedAt: number } {
  const pace = new Pace();
  for (let at = from - 20; at <= from; at += 0.5) pace.came(at);
  pace.flushed(3, from, from + cost);
  return { pace, flushedAt: from + cost };
}

/** For how long it rests while messages come every half ms. */
function restOf(pace: Pace, from: number): number {
  let now = from;
  while (pace.isResting(now)) {
    now += 0.5;
    pace.came(now);
  }
  return now - from;
}

test('before the first flush nothing rests', () => {
  expect(new Pace().isResting(0)).toBe(false);
});

test('where flushes are cheap nothing waits', () => {
  const { pace, flushedAt } = paced(0.5);
  expect(pace.isResting(flushedAt)).toBe(false);
});

test.for([
  ['one and a half times as long as it took', 6, 9],
  ['at most 16 ms', 100, 16],
] as const)('while many come, the next flush waits %s', ([, cost, rest]) => {
  const { pace, flushedAt } = paced(cost);
  const rested = restOf(pace, flushedAt);
  // Less than one more ms is no rest.
  expect(rested).toBeGreaterThan(rest - 1.5);
  expect(rested).toBeLessThanOrEqual(rest);
});

test('a flush of one message is followed by no rest', () => {
  const { pace, flushedAt } = paced(10);
  pace.flushed(1, flushedAt, flushedAt + 10);
  expect(pace.isResting(flushedAt + 10)).toBe(false);
});

test('a silence ends a rest', () => {
  const { pace, flushedAt } = paced(10);
  expect(pace.isResting(flushedAt + 1)).toBe(true);
  expect(pace.isResting(flushedAt + 5)).toBe(false);
});
