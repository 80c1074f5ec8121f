import type { OutboxMessage } from '../client/outbox.ts';
import type { LanyardError } from '../errors.ts';
import type { EntryStore } from './entry-store.ts';
import type { HubStore } from './hub-store.ts';
import type { RoomRecord } from './room-record.ts';

/** Everything this device keeps. Writing throws storage-full, storage-failed, data-dir-unwritable. */
export interface Storage {
  /** The folder it is in; null for one that lasts as long as the process. */
  readonly dataDir: string | null;
  /** What the person should know of how it was opened. */
  readonly problems: readonly LanyardError[];
  /** Every room kept, the latest first. */
  rooms(): readonly RoomStorage[];
  /** The room with this hub's id, or null. */
  room(id: string): RoomStorage | null;
  /** Keeps a room from now on; `epoch` and `last` are where its log begins. */
  add(record: RoomRecord, epoch: string, last: number): RoomStorage;
  /** Forgets a room and everything said in it. */
  forget(id: string): void;
  close(): void;
}

/** What is kept of one room. */
export interface RoomStorage {
  readonly record: RoomRecord;
  readonly entries: EntryStore;
  /** What the hub keeps of a room hosted here. */
  readonly hub: HubStore;
  change(change: Partial<Omit<RoomRecord, 'id' | 'hosted'>>): void;
  /** Keeps how far was read. It outlives the process at once, and a power cut once more is kept. */
  changeRead(seq: number): void;
  /** What was typed and is not confirmed, in the order it was typed. */
  outbox(): readonly OutboxMessage[];
  /** Keeps exactly these. */
  saveOutbox(messages: readonly OutboxMessage[]): void;
}
