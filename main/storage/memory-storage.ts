import type { OutboxMessage } from '../client/outbox.ts';
import { MemoryEntries } from './memory-entries.ts';
import { MemoryHub } from './memory-hub.ts';
import type { RoomRecord } from './room-record.ts';
import type { RoomStorage, Storage } from './storage.ts';

/** A storage that lasts as long as the process. */
export function createMemoryStorage(): Storage {
  const rooms = new Map<string, RoomStorage>();
  return {
    dataDir: null,
    problems: [],
    rooms: () => [...rooms.values()].toReversed(),
    room: (id) => rooms.get(id) ?? null,
    add(record, epoch, last) {
      const room = new MemoryRoom(record, epoch, last);
      rooms.set(record.id, room);
      return room;
    },
    forget: (id) => void rooms.delete(id),
    close: () => rooms.clear(),
  };
}

class MemoryRoom implements RoomStorage {
  readonly entries: MemoryEntries;
  readonly hub: MemoryHub;
  #record: RoomRecord;
  #outbox: readonly OutboxMessage[] = [];

  constructor(record: RoomRecord, epoch: string, last: number) {
    this.#record = record;
    this.entries = new MemoryEntries(epoch, last);
    this.hub = new MemoryHub(this.entries);
  }

  get record(): RoomRecord {
    return this.#record;
  }

  change(change: Partial<RoomRecord>): void {
    this.#record = { ...this.#record, ...change };
  }

  changeRead(read: number): void {
    this.change({ read });
  }

  outbox(): readonly OutboxMessage[] {
    return this.#outbox;
  }

  saveOutbox(messages: readonly OutboxMessage[]): void {
    this.#outbox = messages;
  }
}
