import type { CheckedEntry as Row } from '../model/entry.ts';
import type { CheckedEntry } from '../timeline/entry.ts';

/** An item of one of a room's logs, and what a person sees of it; null where nothing is. */
export interface Line {
  readonly entry: CheckedEntry;
  readonly row: Row | null;
}
