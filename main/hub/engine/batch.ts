import type { Shared } from './shared.ts';

/** Messages that leave together: one write per member. */
export class Batch {
  readonly items: readonly Shared[];

  constructor(items: readonly Shared[]) {
    this.items = items;
  }
}
