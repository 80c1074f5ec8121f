/** How what a hub sends joins up with this device's copy of the log. */
import type { Entry, LogPosition, Welcome } from '../protocol/messages.ts';

/** True when a copy that ends there can be continued without a gap (L4). */
export function isWithin(position: LogPosition, { resumed, log }: Welcome): boolean {
  return (
    resumed ||
    (position.epoch === log.epoch && position.seq <= log.seq && position.seq >= log.first - 1)
  );
}

/** The longest run of entries that ends at `seq` and has no gap: a hub may send anything. */
export function gaplessUpTo(seq: number, entries: readonly Entry[]): readonly Entry[] {
  let first = entries.length;
  while (entries[first - 1]?.seq === seq - (entries.length - first)) first -= 1;
  return entries.slice(first);
}
