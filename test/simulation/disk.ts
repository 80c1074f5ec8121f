/** Somebody's disk: a real storage that outlives its process and may be full for a while. */
import type { Doubt } from '../../main/model/entry.ts';
import type { OutboxMessage } from '../../main/client/outbox.ts';
import { LanyardError } from '../../main/errors.ts';
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import type { KnownMember, Rules } from '../../main/hub/rules.ts';
import type { PassphraseRecord } from '../../main/passphrase/passphrase-record.ts';
import type { Entry, SaidEntry } from '../../main/protocol/messages.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';
import type { HubStore } from '../../main/storage/hub-store.ts';
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

  /** Throws what a write would throw now. */
  check(): void {
    if (this.isFull) throw new LanyardError({ code: 'storage-full' });
  }

  #guarded(storage: Storage): Storage {
    const check = () => this.check();
    return {
      dataDir: storage.dataDir,
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
  readonly hub: HubStore;
  readonly #kept: RoomStorage;
  readonly #check: Check;

  constructor(kept: RoomStorage, check: Check) {
    this.#kept = kept;
    this.#check = check;
    this.entries = new EntriesOnDisk(kept.entries, check);
    this.hub = new HubOnDisk(kept.hub, this.entries, check);
  }

  get record(): RoomRecord {
    return this.#kept.record;
  }

  change(change: Partial<RoomRecord>): void {
    this.#check();
    this.#kept.change(change);
  }

  changeRead(seq: number): void {
    this.#check();
    this.#kept.changeRead(seq);
  }

  outbox(): readonly OutboxMessage[] {
    return this.#kept.outbox();
  }

  saveOutbox(messages: readonly OutboxMessage[]): void {
    this.#check();
    this.#kept.saveOutbox(messages);
  }
}

class HubOnDisk implements HubStore {
  readonly log: EntryStore;
  readonly #hub: HubStore;
  readonly #check: Check;

  constructor(hub: HubStore, log: EntryStore, check: Check) {
    this.log = log;
    this.#hub = hub;
    this.#check = check;
  }

  rules(): Rules {
    return this.#hub.rules();
  }

  known(): readonly KnownMember[] {
    return this.#hub.known();
  }

  /** What the disk has taken it writes: `HubDisk` asks before. */
  commit(changes: HubChanges): void {
    this.#hub.commit(changes);
  }

  flush(done: () => void): void {
    this.#hub.flush(done);
  }

  flushNow(): void {
    this.#hub.flushNow();
  }

  passphrase(): PassphraseRecord | null {
    return this.#hub.passphrase();
  }

  setPassphrase(record: PassphraseRecord | null): void {
    this.#check();
    this.#hub.setPassphrase(record);
  }
}

class EntriesOnDisk implements EntryStore {
  readonly #entries: EntryStore;
  readonly #check: Check;

  constructor(entries: EntryStore, check: Check) {
    this.#entries = entries;
    this.#check = check;
  }

  refresh(): void {
    this.#entries.refresh();
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

  search(query: string, below: number, limit: number): readonly SaidEntry[] {
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

  strike(id: string): void {
    this.#check();
    this.#entries.strike(id);
  }

  doubt(seq: number, why: Doubt): void {
    this.#check();
    this.#entries.doubt(seq, why);
  }

  doubts(from: number, to: number): ReadonlyMap<number, Doubt> {
    return this.#entries.doubts(from, to);
  }

  reset(epoch: string, last: number): void {
    this.#check();
    this.#entries.reset(epoch, last);
  }
}
