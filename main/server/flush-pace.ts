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
 * Changes of who is here wait until none has come for so long, in ms, but no longer than the limit:
 * when a school comes in at once, every flush tells all who are in already of the few who follow.
 */
const PRESENCE_WAIT_MS = 8;
const LONGEST_PRESENCE_WAIT_MS = 250;

export interface FlushPaceOptions {
  /** A rest is over: what was only noted meanwhile becomes a message now. */
  readonly rested: () => void;
  /** Writes everything there is. */
  readonly flush: () => void;
}

export class FlushPace {
  readonly #options: FlushPaceOptions;
  #immediate: NodeJS.Immediate | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #isFlushing = false;
  /** Until when messages wait for others; monotonic ms. */
  #restUntil = 0;
  /** When the last message came, and how many ms there are usually between two. */
  #lastAt = 0;
  #between = 0;
  /** Messages since the last flush, and in it; when it was over. */
  #waiting = 0;
  #count = 0;
  #flushedAt = 0;
  /** Changes of who is here since then. */
  #changes = 0;

  constructor(options: FlushPaceOptions) {
    this.#options = options;
  }

  /** A message has come, which `message` is called for once it may leave. */
  coming(): void {
    const now = performance.now();
    this.#between += (Math.min(now - this.#lastAt, LONGEST_REST_MS) - this.#between) * NEWS;
    this.#lastAt = now;
  }

  /** A message waits. */
  message(): void {
    this.#waiting += 1;
    if (this.#immediate || this.#isFlushing || this.awaitRested()) return;
    this.#immediate = setImmediate(() => this.#now());
  }

  /** While the hub rests, true: `rested` is called, and a flush follows, once it is over. */
  awaitRested(): boolean {
    if (this.#isLooking) return true;
    if (!this.#isResting()) return false;
    this.#isLooking = true;
    this.#setTimer(LOOK_MS, () => this.#look());
    return true;
  }

  /** True when a message waits for others, as far as one knows. */
  #isResting(): boolean {
    const now = performance.now();
    const silence = Math.max(SHORTEST_SILENCE_MS, SILENCE * this.#between);
    const isRested = this.#restUntil - now < SHORTEST_REST_MS;
    // During a flush nothing is heard.
    const isSilent = now - Math.max(this.#lastAt, this.#flushedAt) > silence;
    return this.#count > 1 && !isRested && !isSilent;
  }

  /** Somebody came or went. */
  presence(): void {
    this.#changes += 1;
    if (this.#immediate || this.#timer || this.#isFlushing) return;
    const limit = performance.now() + LONGEST_PRESENCE_WAIT_MS;
    const look = (seen: number) => {
      const goesOn = this.#changes > seen && performance.now() < limit;
      if (goesOn) wait();
      else this.#now();
    };
    const wait = () => {
      const seen = this.#changes;
      this.#setTimer(PRESENCE_WAIT_MS, () => look(seen));
    };
    wait();
  }

  #now(): void {
    if (this.#immediate) clearImmediate(this.#immediate);
    if (this.#timer) clearTimeout(this.#timer);
    this.#immediate = null;
    this.#timer = null;
    this.#isFlushing = true;
    if (this.#isLooking) this.#options.rested();
    this.#isLooking = false;
    this.#count = this.#waiting;
    this.#waiting = 0;
    this.#changes = 0;
    const start = performance.now();
    this.#options.flush();
    this.#isFlushing = false;
    this.#flushedAt = performance.now();
    const cost = this.#flushedAt - start;
    this.#restUntil = this.#flushedAt + Math.min(cost * REST, LONGEST_REST_MS);
  }

  #look(): void {
    if (this.#isResting()) this.#setTimer(LOOK_MS, () => this.#look());
    else this.#now();
  }

  #setTimer(ms: number, then: () => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}
