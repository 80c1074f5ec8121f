/** Pages bounded by size too, so that one answer never fills a member's queue (L3). */
import { PAGE_MAX_UNITS } from '../protocol/limits.ts';
import type { Entry } from '../timeline/entry.ts';

/** The first items whose bodies fit, at least one. */
export function oldestThatFit(entries: readonly Entry[]): readonly Entry[] {
  return entries.slice(0, countThatFit(entries));
}

/** The last items whose bodies fit, at least one. */
export function newestThatFit(entries: readonly Entry[]): readonly Entry[] {
  return entries.slice(entries.length - countThatFit(entries.toReversed()));
}

function countThatFit(entries: readonly Entry[]): number {
  let units = 0;
  const tooMany = entries.findIndex(({ body }) => {
    units += body.state === 'whole' ? body.text.length : 0;
    return units > PAGE_MAX_UNITS;
  });
  return tooMany === -1 ? entries.length : Math.max(tooMany, 1);
}
