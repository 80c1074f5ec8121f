import type { Shared } from './shared.ts';

/** Messages that leave together: one write per member, of the same bytes for all of them. */
export class Batch {
  readonly items: readonly Shared[];
  #bytes: Buffer | null = null;

  constructor(items: readonly Shared[]) {
    this.items = items;
  }

  /** All of it as bytes for a WebSocket, made once. */
  get bytes(): Buffer {
    const [first] = this.items;
    this.#bytes ??=
      this.items.length === 1 && first
        ? first.frame
        : Buffer.concat(this.items.map(({ frame }) => frame));
    return this.#bytes;
  }
}
