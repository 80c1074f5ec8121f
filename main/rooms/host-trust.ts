/** Which device a room's host has, as remembered, and what answered instead (I3). */
import type { DisconnectReason } from '../model/error-codes.ts';
import type { MemberId } from '../model/member.ts';

export class HostTrust {
  #known: MemberId | null;
  /** What the last connection that was let go on proved; null without TLS. */
  #presented: MemberId | null = null;
  #other: MemberId | null = null;

  constructor(known: MemberId | null) {
    this.#known = known;
  }

  /** Null until the first welcome. */
  get known(): MemberId | null {
    return this.#known;
  }

  /** The key that answered in its stead, null while none did. */
  get other(): MemberId | null {
    return this.#other;
  }

  get presented(): MemberId | null {
    return this.#presented;
  }

  /** Judges the key that answers; `expected` is the key a link named. */
  judge(hostKey: MemberId | null, expected: MemberId | null): DisconnectReason | null {
    if (expected !== null && hostKey !== expected) return 'wrong-host';
    if (this.#known !== null && hostKey !== this.#known) {
      this.#other = hostKey;
      return 'host-key-changed';
    }
    this.#presented = hostKey;
    return null;
  }

  /** The room turned out to be one whose host's key was remembered elsewhere. */
  recall(known: MemberId | null): 'host-key-changed' | null {
    this.#known ??= known;
    if (this.#known === null || this.#presented === this.#known) return null;
    this.#other = this.#presented;
    return 'host-key-changed';
  }

  /** This key answered in its stead, elsewhere. */
  met(hostKey: MemberId): void {
    if (hostKey !== this.#known) this.#other = hostKey;
  }

  /** The key that answered is the host's: met for the first time, or the same as before. */
  remember(): void {
    this.#known = this.#presented ?? this.#known;
    this.#other = null;
  }
}
