/**
 * How often a passphrase may be guessed (K4): by one key, and from one address. An attempt counts as
 * wrong from its beginning until it proves right, because the hub's answer alone lets a client test one
 * guess. So neither many connections at once nor hanging up early gives more guesses.
 */

/** Wrong guesses that cost no waiting. */
const FREE_GUESSES = 5;

/** The wait after the last free guess, in ms; doubled by each further one. */
const FIRST_WAIT_MS = 1_000;

/** The longest wait, in ms. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Wrong guesses are forgotten so long after the last one, in ms. Less would make silence pay: with an
 * hour, guessing until the longest wait and then lying low is no faster than going on, 12 an hour.
 */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/**
 * How many keys, and how many addresses, are remembered; the oldest go first. Keys cost nothing to
 * make: an attacker who guesses with thousands pushes their own out, and is still held by their address.
 */
const REMEMBERED_MAX = 10_000;

/** Times are ms of a clock that never goes back. */
export class GuessLimiter {
  readonly #keys = new WrongGuesses();
  readonly #addresses = new WrongGuesses();

  /**
   * Begins an attempt, which counts as wrong until `right`: 0. Or, when it has to wait, the whole
   * seconds until it may be begun; nothing is counted then.
   */
  begin(key: string, address: string, now: number): number {
    const waitMs = Math.max(this.#keys.waitMs(key, now), this.#addresses.waitMs(address, now));
    if (waitMs > 0) return Math.ceil(waitMs / 1000);
    this.#keys.add(key, now);
    this.#addresses.add(address, now);
    return 0;
  }

  /**
   * The attempt proved right; call it once for each that did. The key is forgiven everything, the
   * address this attempt alone: another person may be guessing from there.
   */
  right(key: string, address: string): void {
    this.#keys.forgive(key);
    this.#addresses.takeBack(address);
  }
}

/** Wrong guesses by source, the one that guessed longest ago first. */
class WrongGuesses {
  readonly #bySource = new Map<string, { readonly count: number; readonly lastAt: number }>();

  /** Until the next guess may be made, in ms; 0 or less when it may now. */
  waitMs(source: string, now: number): number {
    const guesses = this.#bySource.get(source);
    if (guesses === undefined || guesses.count < FREE_GUESSES) return 0;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (guesses.count - FREE_GUESSES), LONGEST_WAIT_MS);
    return guesses.lastAt + waitMs - now;
  }

  add(source: string, now: number): void {
    for (const [oldest, { lastAt }] of this.#bySource) {
      if (now - lastAt < FORGOTTEN_AFTER_MS) break;
      this.#bySource.delete(oldest);
    }
    const count = (this.#bySource.get(source)?.count ?? 0) + 1;
    this.#bySource.delete(source);
    const [oldest] = this.#bySource.keys();
    if (this.#bySource.size >= REMEMBERED_MAX && oldest !== undefined)
      this.#bySource.delete(oldest);
    this.#bySource.set(source, { count, lastAt: now });
  }

  /** One guess fewer, if any is remembered. */
  takeBack(source: string): void {
    const guesses = this.#bySource.get(source);
    if (guesses === undefined) return;
    if (guesses.count === 1) this.#bySource.delete(source);
    else this.#bySource.set(source, { ...guesses, count: guesses.count - 1 });
  }

  forgive(source: string): void {
    this.#bySource.delete(source);
  }
}
