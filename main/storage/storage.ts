import type { EngineStore } from '../hub/engine/engine-store.ts';
import type { LanyardError } from '../errors.ts';
import type { ReplicaStore } from '../replica/copy-store.ts';
import type { Entry } from '../timeline/entry.ts';
import type { OldRooms } from './old-rooms.ts';
import type { RoomRecord } from './room-record.ts';

/** Everything this device keeps. Writing throws storage-full, storage-failed, data-dir-unwritable. */
export interface Storage {
  /** The folder it is in; null for one that lasts as long as the process. */
  readonly dataDir: string | null;
  /** What the person should know of how it was opened. */
  readonly problems: readonly LanyardError[];
  /** What is left of rooms of protocol 1 (E8). */
  readonly old: OldRooms;
  /** Every room kept, the latest first. */
  rooms(): readonly RoomStorage[];
  /** The room with this id, or null. */
  room(id: string): RoomStorage | null;
  /** Keeps a room from now on. */
  add(record: RoomRecord): RoomStorage;
  /** Forgets a room and everything said in it. */
  forget(id: string): void;
  close(): void;
}

/** What is kept of one room. */
export interface RoomStorage extends ReplicaStore {
  readonly record: RoomRecord;
  /** What the hub keeps of a room hosted here. */
  readonly hub: EngineStore;
  /** Messages of a conversation whose text now has matching words, newest first; `below` continues. */
  search(conversation: string, query: string, below: number, limit: number): readonly Entry[];
  change(change: Partial<Omit<RoomRecord, 'id' | 'hosted'>>): void;
  /** Keeps how far was read. It outlives the process at once, and a power cut once more is kept. */
  changeRead(id: string): void;
}
