/**
 * When the hub writes to everybody. The first message after a quiet moment leaves at once; while
 * many come, those of up to LONGEST_WAIT_MS leave together, for a flush costs one write a member
 * however much is in it.
 */

/** Nothing waits longer than this, in ms. */
const LONGEST_WAIT_MS = 16;

/** How long changes of who is here wait for others, in ms: a school comes in at once. */
const PRESENCE_WAIT_MS = 8;

/** A flush cheaper than this, in ms, is not worth waiting for. */
const CHEAP_MS = 0.5;

/** How often what waits is looked at, in ms: the shortest silence that ends the waiting. */
const LOOK_MS = 2;

/** A silence ends the waiting once it is so many times as long as between the messages before. */
const SILENCE = 3;

export class FlushPace {
  readonly #flush: () => void;
  #immediate: NodeJS.Immediate | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When what the timer is for has to leave at the latest; monotonic ms. */
  #deadline = 0;
  /** Messages since the last flush, and when the first and the last of them came. */
  #waiting = 0;
  #firstAt = 0;
  #lastAt = 0;
  /** What the last flush cost, in ms, and how many messages were in it. */
  #cost = 0;
  #count = 0;

  /** `flush` writes everything there is. */
  constructor(flush: () => void) {
    this.#flush = flush;
  }

  /** A message waits. */
  message(): void {
    this.#waiting += 1;
    if (this.#immediate) return;
    if (this.#cost < CHEAP_MS || this.#count < 2) {
      this.#immediate = setImmediate(() => this.now());
      return;
    }
    this.#lastAt = performance.now();
    if (this.#waiting > 1) return;
    this.#firstAt = this.#lastAt;
    this.#deadline = this.#lastAt + LONGEST_WAIT_MS;
    this.#setTimer(LOOK_MS, () => this.#look());
  }

  /** Somebody came or went. */
  presence(): void {
    if (!this.#immediate && !this.#timer) this.#setTimer(PRESENCE_WAIT_MS, () => this.now());
  }

  /** Flushes what waits. */
  now(): void {
    if (this.#immediate) clearImmediate(this.#immediate);
    if (this.#timer) clearTimeout(this.#timer);
    this.#immediate = null;
    this.#timer = null;
    this.#count = this.#waiting;
    this.#waiting = 0;
    const start = performance.now();
    this.#flush();
    this.#cost = performance.now() - start;
  }

  /** Goes on waiting while more keeps coming. */
  #look(): void {
    const now = performance.now();
    const between = (this.#lastAt - this.#firstAt) / Math.max(1, this.#waiting - 1);
    const isQuiet = now - this.#lastAt > Math.max(LOOK_MS, SILENCE * between);
    if (isQuiet || now + LOOK_MS > this.#deadline) this.now();
    else this.#setTimer(LOOK_MS, () => this.#look());
  }

  #setTimer(ms: number, then: () => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}
