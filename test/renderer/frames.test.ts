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

test('a draw that sets off another is finished first, and the other follows by itself', () => {
  let depth = 0;
  let deepest = 0;
  const draw = vi.fn(() => {
    deepest = Math.max(deepest, ++depth);
    // As a dialog does that takes the focus while it is opened.
    if (draw.mock.calls.length === 1) frames.now();
    depth -= 1;
  });
  const frames = createFrames(draw);
  frames.now();
  expect(draw).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(draw).toHaveBeenCalledTimes(2);
  expect(deepest).toBe(1);
});

test('a draw that fails does not keep the next one from being drawn', () => {
  const draw = vi.fn(() => {
    if (draw.mock.calls.length === 1) throw new Error('a view that fails');
  });
  const frames = createFrames(draw);
  expect(() => frames.now()).toThrow('a view that fails');
  frames.now();
  expect(draw).toHaveBeenCalledTimes(2);
});
