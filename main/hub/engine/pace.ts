/**
 * When the hub writes to everybody. A flush costs one write a member however much is in it, so after
 * one the hub rests in proportion to what it took, and what comes meanwhile leaves together. Where
 * flushes are cheap or messages rare, nothing waits. Times are ms of a clock that never goes back.
 */

/** A rest is so many times as long as the flush before it, and never longer than this, in ms. */
const REST = 1.5;
const LONGEST_REST_MS = 16;

/** Shorter rests are none, in ms: a timer takes longer. */
const SHORTEST_REST_MS = 1;

/** A silence ends a rest: so many times as long as between the messages before, but no shorter, in ms. */
const SILENCE = 3;
const SHORTEST_SILENCE_MS = 2;

/** How much of the pause between two messages goes into what is usual. */
const NEWS = 1 / 8;

export class Pace {
  #restUntil = 0;
  /** When the last message came, and how many ms there are usually between two. */
  #lastAt = 0;
  #between = 0;
  /** Messages in the last flush, and when it was over. */
  #count = 0;
  #flushedAt = 0;

  /** A message has come in that goes to everybody, now or once it is safe. */
  came(now: number): void {
    this.#between += (Math.min(now - this.#lastAt, LONGEST_REST_MS) - this.#between) * NEWS;
    this.#lastAt = now;
  }

  /** So many messages went to everybody. */
  flushed(count: number, begun: number, ended: number): void {
    this.#count = count;
    this.#flushedAt = ended;
    this.#restUntil = ended + Math.min((ended - begun) * REST, LONGEST_REST_MS);
  }

  /** True while what is to leave does better to wait for what follows. */
  isResting(now: number): boolean {
    const silence = Math.max(SHORTEST_SILENCE_MS, SILENCE * this.#between);
    const isRested = this.#restUntil - now < SHORTEST_REST_MS;
    // During a flush nothing is heard.
    const isSilent = now - Math.max(this.#lastAt, this.#flushedAt) > silence;
    return this.#count > 1 && !isRested && !isSilent;
  }
}
