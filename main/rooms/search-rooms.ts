import type { SearchResult } from '../model/search-result.ts';
import type { Room } from './room.ts';

/** How many entries a search gives at once. */
const HITS_AT_ONCE = 50;

/** Entries of these rooms that match, newest first, whose seq is below `below`. */
export function searchRooms(rooms: readonly Room[], query: string, below: number): SearchResult {
  const found = rooms.flatMap((room) =>
    room.search(query, below, HITS_AT_ONCE + 1).map((entry) => ({ key: room.key, entry })),
  );
  // Within one room it is the log that has the order, whatever its host's clock said.
  const newestFirst =
    rooms.length === 1
      ? found
      : found.toSorted((a, b) => b.entry.at - a.entry.at || b.entry.seq - a.entry.seq);
  const hits = newestFirst.slice(0, HITS_AT_ONCE);
  return { hits, more: found.length > hits.length };
}
