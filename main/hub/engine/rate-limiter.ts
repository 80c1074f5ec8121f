/**
 * How much one member may send: a token bucket, and a pause once it is empty (B6). What comes during
 * the pause is refused unread, and so is what is said after it until the member begins again: of a
 * person's messages none overtakes a refused one, however long it was on its way.
 */
export interface RateLimits {
  /** What may come at once, in frames; a frame of n times FRAME_UNITS counts as n more. */
  readonly burst: number;
  /** What may come in the long run, in frames a second. */
  readonly perSecond: number;
  /** How long the pause lasts, in ms. */
  readonly pauseMs: number;
  /** Frames refused one after the other before the member is removed. */
  readonly patience: number;
}

/** A frame longer than this many UTF-16 units counts more than once. */
const FRAME_UNITS = 8_192;

/** Whether a frame says something, and whether its sender begins again after a refusal with it. */
export type Says = 'nothing' | 'more' | 'again';

/** What is to be done with a frame. */
export type Verdict = 'read' | 'refuse' | 'remove';

export class RateLimiter {
  readonly #limits: RateLimits;
  #tokens: number;
  #filledAt: number;
  #pausedUntil = -Infinity;
  #refused = 0;
  /** True from a message's refusal until it is said again: what was on its way is not to overtake it. */
  #isHeld = false;

  /** Times are ms of a clock that never goes back. */
  constructor(limits: RateLimits, now: number) {
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#filledAt = now;
  }

  judge(units: number, now: number, says: Says): Verdict {
    const { burst, perSecond, pauseMs, patience } = this.#limits;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (now >= this.#pausedUntil && !(this.#isHeld && says === 'more')) {
      const cost = 1 + Math.floor(units / FRAME_UNITS);
      if (this.#tokens >= cost) {
        this.#tokens -= cost;
        this.#refused = 0;
        if (says === 'again') this.#isHeld = false;
        return 'read';
      }
      this.#pausedUntil = now + pauseMs;
    }
    if (says !== 'nothing') this.#isHeld = true;
    this.#refused += 1;
    return this.#refused > patience ? 'remove' : 'refuse';
  }

  /** Until frames are read again, in whole seconds. */
  secondsLeft(now: number): number {
    return Math.max(1, Math.ceil((this.#pausedUntil - now) / 1000));
  }
}
