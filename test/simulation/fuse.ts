import type { Crash } from './plan.ts';

/** Lets a process crash between two effects. */
export class Fuse {
  #crash: Crash | null = null;
  #left = 0;

  /** A crash is to come, unless one is already. */
  light(crash: Crash): void {
    if (this.#crash) return;
    this.#crash = crash;
    this.#left = crash.effects;
  }

  /** An effect was carried out; the crash, when it comes now. */
  burn(): Crash | null {
    const crash = this.#crash;
    if (!crash) return null;
    this.#left -= 1;
    if (this.#left >= 0) return null;
    this.#crash = null;
    return crash;
  }

  disarm(): void {
    this.#crash = null;
  }
}
