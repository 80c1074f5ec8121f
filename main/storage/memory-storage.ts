import type { Hash } from '../events/event.ts';
import type { CopyStore } from '../replica/copy-store.ts';
import type { OutboxItem } from '../replica/outbox.ts';
import type { Entry } from '../timeline/entry.ts';
import { MemoryHub } from './memory-hub.ts';
import { MemoryLog } from './memory-log.ts';
import { NO_OLD_ROOMS } from './old-rooms.ts';
import { OwnCopy } from './own-copy.ts';
import type { RoomRecord } from './room-record.ts';
import { sha256 } from '../identity/sha256.ts';
import type { RoomStorage, Storage } from './storage.ts';

/** A storage that lasts as long as the process. */
export function createMemoryStorage(): Storage {
  const rooms = new Map<string, RoomStorage>();
  return {
    dataDir: null,
    problems: [],
    old: NO_OLD_ROOMS,
    rooms: () => [...rooms.values()].toReversed(),
    room: (id) => rooms.get(id) ?? null,
    add(record) {
      const room = new MemoryRoom(record, sha256);
      rooms.set(record.id, room);
      return room;
    },
    forget: (id) => void rooms.delete(id),
    close: () => rooms.clear(),
  };
}

class MemoryRoom implements RoomStorage {
  readonly hub: MemoryHub;
  readonly #hash: Hash;
  readonly #logs = new Map<string, MemoryLog>();
  /** The host's, of its own room. */
  readonly #copies = new Map<string, OwnCopy>();
  #record: RoomRecord;
  #outbox: readonly OutboxItem[] = [];

  constructor(record: RoomRecord, hash: Hash) {
    this.#record = record;
    this.#hash = hash;
    this.hub = new MemoryHub((conversation) => this.#log(conversation));
  }

  get record(): RoomRecord {
    return this.#record;
  }

  copy(conversation: string): CopyStore {
    const log = this.#log(conversation);
    if (!this.#record.hosted) return log;
    const copy = this.#copies.get(conversation) ?? new OwnCopy(log);
    this.#copies.set(conversation, copy);
    return copy;
  }

  search(conversation: string, query: string, below: number, limit: number): readonly Entry[] {
    return this.#log(conversation).search(query, below, limit);
  }

  change(change: Partial<RoomRecord>): void {
    this.#record = { ...this.#record, ...change };
  }

  changeRead(read: string): void {
    this.change({ read });
  }

  outbox(): readonly OutboxItem[] {
    return this.#outbox;
  }

  saveOutbox(items: readonly OutboxItem[]): void {
    this.#outbox = items;
  }

  #log(conversation: string): MemoryLog {
    const log = this.#logs.get(conversation) ?? new MemoryLog(this.#hash);
    this.#logs.set(conversation, log);
    return log;
  }
}
