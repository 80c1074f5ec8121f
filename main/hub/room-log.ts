import type { Entry } from '../protocol/messages.ts';

/** What a new entry is made of; the log gives it its number. */
export type Draft = Omit<Entry, 'seq'>;

/** The room's numbered log (L1). `storage/` keeps it; the hub alone appends to it. */
export interface RoomLog {
  readonly epoch: string;
  /** The newest entry's seq, 0 when there is none. */
  readonly last: number;
  append(draft: Draft): Entry;
  /** The entry with this message id, whoever said it (S5). */
  find(id: string): Entry | null;
  /** At most `limit` entries with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly Entry[];
  /** The at most `limit` entries just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly Entry[];
}
