/** How many WebSockets there may be: in all, and from one address. */
import { HTTP_REFUSALS } from './http-refusals.ts';
import type { HttpRefusal } from './http-refusals.ts';
import type { ServerLimits } from './limits.ts';

export class Admission {
  readonly #limits: ServerLimits;
  readonly #byAddress = new Map<string, number>();
  #settled = 0;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  /** Why there may be no further one from this address, or null; counts it in when there may. */
  refuse(address: string): HttpRefusal | null {
    if (this.#settled >= this.#limits.connections) return HTTP_REFUSALS.tooMany;
    const here = this.#byAddress.get(address) ?? 0;
    if (here >= this.#limits.connectionsPerAddress) return HTTP_REFUSALS.tooManyFromHere;
    this.#byAddress.set(address, here + 1);
    return null;
  }

  /** One from this address has ended. */
  release(address: string): void {
    const here = (this.#byAddress.get(address) ?? 1) - 1;
    if (here === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, here);
  }

  /**
   * A connection has said something: from now on it counts in all, until what this returns is called.
   * Those that say nothing keep nobody out.
   */
  settle(): () => void {
    this.#settled += 1;
    return () => {
      this.#settled -= 1;
    };
  }
}
