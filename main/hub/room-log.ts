import type { Entry } from '../protocol/messages.ts';

/** The room's numbered log as the hub reads it (L1); what is to be added goes out as an effect. */
export interface RoomLog {
  readonly epoch: string;
  /** The oldest entry's seq; one more than `last` when there is none. */
  readonly first: number;
  /** The newest entry's seq, 0 when there was never one. */
  readonly last: number;
  /** The entry with this message id, whoever said it (S5). */
  find(id: string): Entry | null;
  /** At most `limit` entries with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly Entry[];
  /** The at most `limit` entries just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly Entry[];
}
