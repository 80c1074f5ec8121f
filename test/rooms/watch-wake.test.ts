import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchWake } from '../../main/rooms/watch-wake.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a clock that stood still for its watcher means that the machine slept', () => {
  const woke = vi.fn<() => void>();
  const watch = watchWake(woke);
  vi.advanceTimersByTime(60_000);
  expect(woke).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(2_000);
  expect(woke).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(woke).toHaveBeenCalledOnce();
  watch.stop();
});
