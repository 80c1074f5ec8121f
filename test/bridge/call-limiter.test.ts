import { expect, test } from 'vitest';
import { CALL_LIMITS, CallLimiter } from '../../main/bridge/call-limiter.ts';

/** How many of so many calls, answered at once, get through at this moment. */
function through(limiter: CallLimiter, calls: number, now: number): number {
  let entered = 0;
  for (let call = 0; call < calls; call += 1) {
    if (!limiter.enter(now)) continue;
    entered += 1;
    limiter.leave();
  }
  return entered;
}

test('a burst gets through, then what the rate allows', () => {
  const limiter = new CallLimiter({ burst: 20, perSecond: 10, inFlight: 5 }, 0);
  expect(through(limiter, 100, 0)).toBe(20);
  expect(through(limiter, 100, 500)).toBe(5);
  expect(through(limiter, 100, 500)).toBe(0);
  expect(through(limiter, 100, 60_000)).toBe(20);
});

test('calls that are not answered hold others back until they are', () => {
  const limiter = new CallLimiter({ burst: 20, perSecond: 10, inFlight: 2 }, 0);
  expect([limiter.enter(0), limiter.enter(0), limiter.enter(0)]).toEqual([true, true, false]);
  limiter.leave();
  expect([limiter.enter(0), limiter.enter(0)]).toEqual([true, false]);
});

test('a call refused for those in flight costs nothing of the rate', () => {
  const limiter = new CallLimiter({ burst: 2, perSecond: 0, inFlight: 1 }, 0);
  expect([limiter.enter(0), limiter.enter(0), limiter.enter(0)]).toEqual([true, false, false]);
  limiter.leave();
  expect(limiter.enter(0)).toBe(true);
});

test('a window that marks as read at every frame of a 144 Hz screen, twice, is never refused', () => {
  const limiter = new CallLimiter(CALL_LIMITS, 0);
  const refused = Array.from({ length: 144 * 60 }, (_, frame) => {
    const now = (frame * 1000) / 144;
    return 2 - through(limiter, 2, now);
  });
  expect(Math.max(...refused)).toBe(0);
});
