import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../main/hub/engine/rate-limiter.ts';
import type { Says, Verdict } from '../../main/hub/engine/rate-limiter.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';

const LIMITS = { burst: 10, perSecond: 4, pauseMs: 1_000, patience: 5 };

function verdicts(
  limiter: RateLimiter,
  count: number,
  now: number,
  says: Says = 'nothing',
): Verdict[] {
  return Array.from({ length: count }, () => limiter.judge(50, now, says));
}

function readOf(list: readonly Verdict[]): number {
  return list.filter((verdict) => verdict === 'read').length;
}

describe('B6: a member may send so much', () => {
  test('a burst at once, then a pause', () => {
    const limiter = new RateLimiter(LIMITS, 0);
    expect(readOf(verdicts(limiter, 13, 0))).toBe(10);
    expect(limiter.secondsLeft(0)).toBe(1);
    expect(limiter.judge(50, 999, 'nothing')).toBe('refuse');
    expect(limiter.judge(50, 1_000, 'nothing')).toBe('read');
  });

  test('without end at an even pace', () => {
    const limiter = new RateLimiter(LIMITS, 0);
    for (let frame = 1; frame <= 1_000; frame += 1) {
      expect(limiter.judge(50, frame * 250, 'nothing')).toBe('read');
    }
  });

  test('typing and sending as fast as a person can, all day', () => {
    const limiter = new RateLimiter(SERVER_LIMITS.flood, 0);
    for (let second = 0; second < 3_600; second += 1) {
      expect(readOf(verdicts(limiter, 12, second * 1_000, 'more'))).toBe(12);
    }
  });

  test('long frames count for more', () => {
    const limiter = new RateLimiter(LIMITS, 0);
    const long = () => limiter.judge(5 * 8_192, 0, 'nothing');
    expect([long(), long()]).toEqual(['read', 'refuse']);
  });

  test('is removed when it goes on and on, not when it calms down', () => {
    const limiter = new RateLimiter(LIMITS, 0);
    verdicts(limiter, 10, 0);
    expect(verdicts(limiter, 5, 0)).toEqual(Array.from({ length: 5 }, () => 'refuse'));
    expect(limiter.judge(50, 2_000, 'nothing')).toBe('read');
    verdicts(limiter, 7, 2_000);
    expect(verdicts(limiter, 6, 2_000).at(-1)).toBe('remove');
  });

  test('what is said after a refusal is refused, until it begins again', () => {
    const limiter = new RateLimiter(LIMITS, 0);
    verdicts(limiter, 11, 0, 'more');
    expect(limiter.judge(50, 1_500, 'more')).toBe('refuse');
    expect(limiter.judge(50, 1_500, 'nothing')).toBe('read');
    expect(limiter.judge(50, 1_500, 'again')).toBe('read');
    expect(limiter.judge(50, 1_500, 'more')).toBe('read');
  });

  test('whatever it does, in no span of time is more read than allowed', () => {
    const frame = fc.record({
      afterMs: fc.integer({ min: 0, max: 700 }),
      units: fc.integer({ min: 0, max: 40_000 }),
      says: fc.constantFrom('nothing', 'more', 'again'),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 200 }), (frames) => {
        const limiter = new RateLimiter(LIMITS, 0);
        const read: { at: number; cost: number }[] = [];
        let now = 0;
        for (const { afterMs, units, says } of frames) {
          now += afterMs;
          const cost = 1 + Math.floor(units / 8_192);
          if (limiter.judge(units, now, says) === 'read') read.push({ at: now, cost });
        }
        for (const [index, { at }] of read.entries()) {
          let sum = 0;
          for (const later of read.slice(index)) {
            sum += later.cost;
            const allowed = LIMITS.burst + ((later.at - at) / 1_000) * LIMITS.perSecond;
            expect(sum).toBeLessThanOrEqual(allowed + 1e-6);
          }
        }
      }),
    );
  });
});
