/** How much one page may ask of the app: a token bucket, and a bound on what is unanswered. */
export interface CallLimits {
  /** What may come at once, in calls. */
  readonly burst: number;
  /** What may come in the long run, in calls a second. */
  readonly perSecond: number;
  /** Calls that may wait for their answer at the same time. */
  readonly inFlight: number;
}

/**
 * Far above what a window asks. Its busiest call is `markRead`: at most one for each time it is
 * drawn and one for each time it is scrolled, on a screen of 144 Hz 288 a second. It waits for
 * answers to no more than a few calls at once.
 */
export const CALL_LIMITS: CallLimits = { burst: 300, perSecond: 300, inFlight: 64 };

export class CallLimiter {
  readonly #limits: CallLimits;
  #tokens: number;
  #filledAt: number;
  #inFlight = 0;

  /** Times are ms of a clock that never goes back. */
  constructor(limits: CallLimits, now: number) {
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#filledAt = now;
  }

  /** Whether a call may be made now. After each true one `leave` is due once it is answered. */
  enter(now: number): boolean {
    const { burst, perSecond, inFlight } = this.#limits;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1 || this.#inFlight >= inFlight) return false;
    this.#tokens -= 1;
    this.#inFlight += 1;
    return true;
  }

  leave(): void {
    this.#inFlight -= 1;
  }
}
