/** Somebody's disk: a real storage that outlives its process and may be full for a while. */
import type { OutboxMessage } from '../../main/client/outbox.ts';
import { LanyardError } from '../../main/errors.ts';
import type { Entry } from '../../main/protocol/messages.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import type { RoomRecord } from '../../main/storage/room-record.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';

/** Opens what is on a disk, as a process that starts does, also after one that has crashed. */
export type OpenStorage = () => Storage;

export function memoryDisk(): OpenStorage {
  const storage = createMemoryStorage();
  return () => storage;
}

/** Throws what a write to the disk would throw now. */
type Check = () => void;

export class Disk {
  isFull = false;
  readonly #open: OpenStorage;
  #storage: Storage | null = null;

  constructor(open: OpenStorage) {
    this.#open = open;
  }

  /** The process that had it open is gone. */
  letGo(): void {
    this.#storage = null;
  }

  /** One storage a process. */
  open(): Storage {
    this.#storage ??= this.#guarded(this.#open());
    return this.#storage;
  }

  #guarded(storage: Storage): Storage {
    const check = () => {
      if (this.isFull) throw new LanyardError('storage-full', 'The disk is full.');
    };
    return {
      problems: storage.problems,
      rooms: () => storage.rooms(),
      room(id) {
        const kept = storage.room(id);
        return kept && new RoomOnDisk(kept, check);
      },
      add(record, epoch, last) {
        check();
        return new RoomOnDisk(storage.add(record, epoch, last), check);
      },
      forget: (id) => storage.forget(id),
      close: () => storage.close(),
    };
  }
}

class RoomOnDisk implements RoomStorage {
  readonly entries: EntryStore;
  readonly #kept: RoomStorage;
  readonly #check: Check;

  constructor(kept: RoomStorage, check: Check) {
    this.#kept = kept;
    this.#check = check;
    this.entries = new EntriesOnDisk(kept.entries, check);
  }

  get record(): RoomRecord {
    return this.#kept.record;
  }

  change(change: Partial<RoomRecord>): void {
    this.#check();
    this.#kept.change(change);
  }

  outbox(): readonly OutboxMessage[] {
    return this.#kept.outbox();
  }

  saveOutbox(messages: readonly OutboxMessage[]): void {
    this.#check();
    this.#kept.saveOutbox(messages);
  }
}

class EntriesOnDisk implements EntryStore {
  readonly #entries: EntryStore;
  readonly #check: Check;

  constructor(entries: EntryStore, check: Check) {
    this.#entries = entries;
    this.#check = check;
  }

  get epoch(): string {
    return this.#entries.epoch;
  }

  get first(): number {
    return this.#entries.first;
  }

  get last(): number {
    return this.#entries.last;
  }

  find(id: string): Entry | null {
    return this.#entries.find(id);
  }

  after(seq: number, limit: number): readonly Entry[] {
    return this.#entries.after(seq, limit);
  }

  before(seq: number, limit: number): readonly Entry[] {
    return this.#entries.before(seq, limit);
  }

  search(query: string, below: number, limit: number): readonly Entry[] {
    return this.#entries.search(query, below, limit);
  }

  firstSince(at: number): number {
    return this.#entries.firstSince(at);
  }

  append(entries: readonly Entry[]): void {
    this.#check();
    this.#entries.append(entries);
  }

  prepend(entries: readonly Entry[]): void {
    this.#check();
    this.#entries.prepend(entries);
  }

  forgetBefore(seq: number): void {
    this.#check();
    this.#entries.forgetBefore(seq);
  }

  reset(epoch: string, last: number): void {
    this.#check();
    this.#entries.reset(epoch, last);
  }
}
