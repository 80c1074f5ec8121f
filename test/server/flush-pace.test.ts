import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FlushPace } from '../../main/server/flush-pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Flushes that take so many ms, and when each began. */
function pacedBy(cost: number) {
  const flushes: number[] = [];
  const rests: number[] = [];
  const pace = new FlushPace({
    rested: () => {
      rests.push(performance.now() - begun);
      pace.message();
    },
    flush: () => {
      flushes.push(performance.now() - begun);
      vi.advanceTimersByTime(cost);
    },
  });
  const begun = performance.now();
  return { pace, flushes, rests };
}

/** One after the other, so many ms apart. */
function messages(pace: FlushPace, count: number, apart: number): void {
  for (let n = 0; n < count; n += 1) {
    pace.coming();
    pace.message();
    // Without time passing the turn goes on.
    if (apart > 0) vi.advanceTimersByTime(apart);
  }
}

test('what comes in one turn leaves at its end', () => {
  const { pace, flushes } = pacedBy(10);
  messages(pace, 3, 0);
  expect(flushes).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(flushes).toEqual([0]);
});

test('where flushes are cheap nothing waits', () => {
  const { pace, flushes } = pacedBy(0.5);
  messages(pace, 3, 0);
  vi.advanceTimersToNextTimer();
  messages(pace, 3, 0);
  vi.advanceTimersToNextTimer();
  expect(flushes).toEqual([0, 0.5]);
});

test.for([
  ['one and a half times as long as it took', 6, 15],
  ['at most 16 ms', 100, 116],
] as const)('while many come, the next flush rests %s', ([, cost, next]) => {
  const { pace, flushes } = pacedBy(cost);
  messages(pace, 3, 0);
  vi.advanceTimersToNextTimer();
  messages(pace, 40, 0.5);
  // Within the look that comes every ms.
  expect(flushes[1]).toBeGreaterThan(next - 1.5);
  expect(flushes[1]).toBeLessThanOrEqual(next);
});

test('what becomes a message once the rest is over leaves with the flush after it', () => {
  const { pace, flushes, rests } = pacedBy(6);
  expect(pace.awaitRested()).toBe(false);
  messages(pace, 3, 0);
  vi.advanceTimersToNextTimer();
  pace.coming();
  expect(pace.awaitRested()).toBe(true);
  expect(pace.awaitRested()).toBe(true);
  vi.advanceTimersByTime(100);
  expect(rests).toHaveLength(1);
  expect(flushes).toEqual([0, rests[0]]);
});

test('a silence ends the rest', () => {
  const { pace, flushes } = pacedBy(100);
  messages(pace, 3, 0);
  vi.advanceTimersToNextTimer();
  messages(pace, 40, 0.1);
  vi.advanceTimersByTime(4);
  expect(flushes[1]).toBeLessThan(109);
});

test('messages that come regularly are no silence between them', () => {
  const { pace, flushes } = pacedBy(100);
  messages(pace, 3, 0);
  vi.advanceTimersToNextTimer();
  messages(pace, 4, 4);
  expect(flushes[1]).toBeGreaterThan(114);
});

test('who comes one message at a time does not wait', () => {
  const { pace, flushes } = pacedBy(100);
  messages(pace, 1, 0);
  vi.advanceTimersToNextTimer();
  messages(pace, 1, 0);
  vi.advanceTimersToNextTimer();
  expect(flushes).toEqual([0, 100]);
});

test('who comes and goes is told once nobody follows, sooner with a message', () => {
  const { pace, flushes } = pacedBy(0);
  pace.presence();
  vi.advanceTimersByTime(5);
  pace.presence();
  vi.advanceTimersByTime(100);
  pace.presence();
  vi.advanceTimersByTime(2);
  messages(pace, 1, 1);
  vi.advanceTimersByTime(100);
  expect(flushes).toEqual([16, 107]);
});

test('while people keep coming nobody waits for ever', () => {
  const { pace, flushes } = pacedBy(0);
  for (let ms = 0; ms < 500; ms += 5) {
    pace.presence();
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(1000);
  expect(flushes).toEqual([256, 508]);
});
