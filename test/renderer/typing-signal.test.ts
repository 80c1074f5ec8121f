import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTypingSignal } from '../../renderer/typing-signal.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('typing is told at most every three seconds, its end once', () => {
  const told: boolean[] = [];
  const signal = createTypingSignal((on) => told.push(on));
  signal.typed(true);
  signal.typed(true);
  vi.advanceTimersByTime(2_900);
  signal.typed(true);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(100);
  signal.typed(true);
  signal.typed(false);
  signal.typed(false);
  expect(told).toEqual([true, true, false]);
});

test('who has not typed has nothing to end', () => {
  const tell = vi.fn<(on: boolean) => void>();
  createTypingSignal(tell).typed(false);
  expect(tell).not.toHaveBeenCalled();
});
