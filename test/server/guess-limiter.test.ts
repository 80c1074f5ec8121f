import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GuessLimiter } from '../../main/server/guess-limiter.ts';

const MINUTE = 60_000;

/** A limiter after `count` wrong guesses of a key at an address, all at time 0. */
function limiterAfter(count: number, key: string, address: string): GuessLimiter {
  const limiter = new GuessLimiter();
  for (let guess = 0; guess < count; guess += 1) expect(limiter.begin(key, address, 0)).toBe(0);
  return limiter;
}

describe('K4: wrong guesses', () => {
  test('five are free, then the wait doubles up to five minutes', () => {
    const limiter = limiterAfter(5, 'eve', '10.0.0.9');
    const waits: number[] = [];
    let now = 0;
    for (let guess = 0; guess < 12; guess += 1) {
      const seconds = limiter.begin('eve', '10.0.0.9', now);
      waits.push(seconds);
      now += seconds * 1_000;
      expect(limiter.begin('eve', '10.0.0.9', now)).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  test('to the last millisecond', () => {
    const limiter = limiterAfter(5, 'eve', '10.0.0.9');
    expect(limiter.begin('eve', '10.0.0.9', 999)).toBe(1);
    expect(limiter.begin('eve', '10.0.0.9', 1_000)).toBe(0);
  });

  test('of a key count wherever it comes from', () => {
    const limiter = new GuessLimiter();
    for (const host of [1, 2, 3, 4, 5]) expect(limiter.begin('eve', `10.0.0.${host}`, 0)).toBe(0);
    expect(limiter.begin('eve', '10.0.0.6', 0)).toBe(1);
    expect(limiter.begin('ann', '10.0.0.6', 0)).toBe(0);
  });

  test('of an address count with whatever key', () => {
    const limiter = new GuessLimiter();
    for (const n of [1, 2, 3, 4, 5]) expect(limiter.begin(`eve ${n}`, '10.0.0.9', 0)).toBe(0);
    expect(limiter.begin('eve 6', '10.0.0.9', 0)).toBe(1);
    expect(limiter.begin('eve 6', '10.0.0.8', 0)).toBe(0);
  });

  test('that have to wait count for nothing, neither with the key nor with the address', () => {
    const limiter = limiterAfter(5, 'eve', '10.0.0.9');
    for (let n = 0; n < 100; n += 1) {
      expect(limiter.begin('eve', '10.0.0.8', 0)).toBe(1);
      expect(limiter.begin('ann', '10.0.0.9', 0)).toBe(1);
    }
    expect(limiter.begin('eve', '10.0.0.8', 1_000)).toBe(0);
    expect(limiter.begin('ann', '10.0.0.9', 1_000)).toBe(0);
  });

  test('are forgotten after an hour without', () => {
    const limiter = limiterAfter(5, 'eve', '10.0.0.9');
    expect(limiter.begin('eve', '10.0.0.9', 59 * MINUTE)).toBe(0);
    expect(limiter.begin('eve', '10.0.0.9', 59 * MINUTE)).toBe(2);
    const later = 59 * MINUTE + 60 * MINUTE;
    for (let n = 0; n < 5; n += 1) expect(limiter.begin('eve', '10.0.0.9', later)).toBe(0);
    expect(limiter.begin('eve', '10.0.0.9', later)).toBe(1);
  });
});

describe('K4: an attempt that proves right', () => {
  test('forgives its key', () => {
    const limiter = new GuessLimiter();
    for (const host of [1, 2, 3, 4, 5]) expect(limiter.begin('ann', `10.0.0.${host}`, 0)).toBe(0);
    limiter.right('ann', '10.0.0.5');
    for (const host of [6, 7, 8, 9, 10]) expect(limiter.begin('ann', `10.0.0.${host}`, 0)).toBe(0);
  });

  test('is taken back from its address, and nothing else is', () => {
    const limiter = limiterAfter(4, 'eve', '10.0.0.9');
    for (let n = 0; n < 100; n += 1) {
      expect(limiter.begin(`ann ${n}`, '10.0.0.9', 0)).toBe(0);
      limiter.right(`ann ${n}`, '10.0.0.9');
    }
    expect(limiter.begin('bob', '10.0.0.9', 0)).toBe(0);
    expect(limiter.begin('bob', '10.0.0.9', 0)).toBe(1);
  });

  test('lets a whole class in from one address, one after the other', () => {
    const limiter = new GuessLimiter();
    for (let n = 0; n < 1_000; n += 1) {
      expect(limiter.begin(`pupil ${n}`, '10.0.0.9', n)).toBe(0);
      limiter.right(`pupil ${n}`, '10.0.0.9');
    }
  });
});

test('K4: attempts at once are no more than attempts in a row', () => {
  const limiter = new GuessLimiter();
  const begun = Array.from({ length: 100 }, () => limiter.begin('eve', '10.0.0.9', 0));
  expect(begun.filter((seconds) => seconds === 0)).toHaveLength(5);
});

test('K4: with a new key each time nobody gets more guesses out of an address', () => {
  const limiter = new GuessLimiter();
  const begun = Array.from({ length: 20_000 }, (_, n) => limiter.begin(`eve ${n}`, '10.0.0.9', n));
  // In 20 s: five at once, and after 1, 2, 4 and 8 s more.
  expect(begun.filter((seconds) => seconds === 0)).toHaveLength(9);
});

test('K4: no more than 10,000 addresses are remembered, those that guessed last', () => {
  const limiter = limiterAfter(5, 'eve', '10.0.0.9');
  expect(limiter.begin('eve', '10.0.0.9', 0)).toBe(1);
  const others = (count: number, name: string) => {
    for (let n = 0; n < count; n += 1) limiter.begin(`${name} ${n}`, `${name} ${n}`, 1_000);
  };
  others(5_000, 'a');
  expect(limiter.begin('eve', '10.0.0.9', 1_000)).toBe(0);
  others(9_999, 'b');
  expect(limiter.begin('eve', '10.0.0.9', 1_000)).toBe(2);
  others(1, 'c');
  expect(limiter.begin('eve', '10.0.0.9', 1_000)).toBe(0);
});

test('K4: neither haste nor lying low gets more than 13 guesses an hour in the long run', () => {
  const lyingLow = fc.oneof(
    fc.constant(0),
    fc.constant(60 * MINUTE),
    fc.integer({ min: 0, max: 90 * MINUTE }),
  );
  fc.assert(
    fc.property(fc.array(lyingLow, { maxLength: 300 }), (pauses) => {
      const limiter = new GuessLimiter();
      let now = 0;
      for (const [guesses, pauseMs] of pauses.entries()) {
        now += pauseMs;
        const seconds = limiter.begin('eve', '10.0.0.9', now);
        now += seconds * 1_000;
        if (seconds > 0) expect(limiter.begin('eve', '10.0.0.9', now)).toBe(0);
        expect(guesses).toBeLessThanOrEqual(14 + (now / (60 * MINUTE)) * 13);
      }
    }),
  );
});
