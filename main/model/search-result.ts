import type { CheckedEntry } from './entry.ts';
import type { RoomKey } from './room.ts';

/** An entry found, and the room it is in. */
export interface SearchHit {
  readonly key: RoomKey;
  readonly entry: CheckedEntry;
}

/** What a search gives at once: newest first; `more` when there are further ones. */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
}
