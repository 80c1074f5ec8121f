/**
 * When the hub writes to everybody. A flush costs one write a member however much is in it, so after
 * one the hub rests in proportion to what it took, and what comes meanwhile leaves together. Where
 * flushes are cheap or messages rare, nothing waits.
 */

/** A rest is so many times as long as the flush before it, and never longer than this, in ms. */
const REST = 1.5;
const LONGEST_REST_MS = 16;

/** Shorter rests are none, in ms: a timer takes longer. */
const SHORTEST_REST_MS = 1;

/** How often what waits is looked at, in ms. */
const LOOK_MS = 1;

/** A silence ends a rest: so many times as long as between the messages before, but no shorter, in ms. */
const SILENCE = 3;
const SHORTEST_SILENCE_MS = 2;

/** How much of the pause between two messages goes into what is usual. */
const NEWS = 1 / 8;

/**
 * How long changes of who is here wait for others: this in ms, and longer after long flushes, for
 * when a school comes in at once every one of them is told to more people than the last.
 */
const PRESENCE_WAIT_MS = 8;
const PRESENCE_REST = 3;
const LONGEST_PRESENCE_WAIT_MS = 150;

export class FlushPace {
  readonly #flush: () => void;
  #immediate: NodeJS.Immediate | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isResting = false;
  /** Until when messages wait for others; monotonic ms. */
  #restUntil = 0;
  /** When the last message came, and how many ms there are usually between two. */
  #lastAt = 0;
  #between = 0;
  /** Messages since the last flush, and in it; what it cost in ms. */
  #waiting = 0;
  #count = 0;
  #cost = 0;

  /** `flush` writes everything there is. */
  constructor(flush: () => void) {
    this.#flush = flush;
  }

  /** A message waits. */
  message(): void {
    const now = performance.now();
    this.#between += (Math.min(now - this.#lastAt, LONGEST_REST_MS) - this.#between) * NEWS;
    this.#lastAt = now;
    this.#waiting += 1;
    if (this.#immediate || this.#isResting) return;
    if (this.#count < 2 || this.#isRested(now)) {
      this.#immediate = setImmediate(() => this.#now());
      return;
    }
    this.#isResting = true;
    this.#setTimer(LOOK_MS, () => this.#look());
  }

  /** Somebody came or went. */
  presence(): void {
    if (this.#immediate || this.#timer) return;
    const wait = Math.max(PRESENCE_WAIT_MS, this.#cost * PRESENCE_REST);
    this.#setTimer(Math.min(wait, LONGEST_PRESENCE_WAIT_MS), () => this.#now());
  }

  #now(): void {
    if (this.#immediate) clearImmediate(this.#immediate);
    if (this.#timer) clearTimeout(this.#timer);
    this.#immediate = null;
    this.#timer = null;
    this.#isResting = false;
    this.#count = this.#waiting;
    this.#waiting = 0;
    const start = performance.now();
    this.#flush();
    const end = performance.now();
    this.#cost = end - start;
    this.#restUntil = end + Math.min(this.#cost * REST, LONGEST_REST_MS);
  }

  #look(): void {
    const now = performance.now();
    const silence = Math.max(SHORTEST_SILENCE_MS, SILENCE * this.#between);
    if (this.#isRested(now) || now - this.#lastAt > silence) this.#now();
    else this.#setTimer(LOOK_MS, () => this.#look());
  }

  #isRested(now: number): boolean {
    return this.#restUntil - now < SHORTEST_REST_MS;
  }

  #setTimer(ms: number, then: () => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}
