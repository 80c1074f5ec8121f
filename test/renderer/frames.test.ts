import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrames } from '../../renderer/frames.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the first change after a quiet moment is drawn at once, with what comes with it', () => {
  const draw = vi.fn();
  const frames = createFrames(draw);
  frames.request();
  frames.request();
  vi.advanceTimersByTime(5);
  expect(draw).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(draw).toHaveBeenCalledOnce();
});

test('however much changes, it is drawn some twenty times a second, and the last change is', () => {
  const draw = vi.fn();
  const frames = createFrames(draw);
  for (let ms = 0; ms < 1_000; ms += 1) {
    frames.request();
    vi.advanceTimersByTime(1);
  }
  expect(draw.mock.calls.length).toBeGreaterThan(15);
  expect(draw.mock.calls.length).toBeLessThan(25);
  draw.mockClear();
  frames.request();
  vi.advanceTimersByTime(50);
  expect(draw).toHaveBeenCalledOnce();
});

test('what is drawn at once is not drawn again', () => {
  const draw = vi.fn();
  const frames = createFrames(draw);
  frames.request();
  frames.now();
  vi.advanceTimersByTime(100);
  expect(draw).toHaveBeenCalledOnce();
});
