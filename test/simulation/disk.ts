/** A device's disk: a real storage that outlives its process and may be full for a while. */
import { LanyardError } from '../../main/errors.ts';
import type { CopyStore } from '../../main/replica/copy-store.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';

/** Opens what is on a disk, as a process that starts does, also after one that has crashed. */
export type OpenStorage = () => Storage;

export function memoryDisk(): OpenStorage {
  const storage = createMemoryStorage();
  return () => storage;
}

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
    return {
      dataDir: storage.dataDir,
      problems: storage.problems,
      old: storage.old,
      rooms: () => storage.rooms(),
      room: (id) => {
        const kept = storage.room(id);
        return kept && this.#guardedRoom(kept);
      },
      add: (record) => {
        this.check();
        return this.#guardedRoom(storage.add(record));
      },
      forget: (id) => storage.forget(id),
      close: () => storage.close(),
    };
  }

  #guardedRoom(kept: RoomStorage): RoomStorage {
    const writing = <Args extends unknown[]>(write: (...args: Args) => void) => {
      return (...args: Args): void => {
        this.check();
        write(...args);
      };
    };
    const copies = new Map<string, CopyStore>();
    return {
      get record() {
        return kept.record;
      },
      // What the disk has taken of it is `HubDisk`'s to ask.
      hub: kept.hub,
      copy: (conversation) => {
        const copy = copies.get(conversation) ?? guardedCopy(kept.copy(conversation), writing);
        copies.set(conversation, copy);
        return copy;
      },
      search: (...what) => kept.search(...what),
      change: writing((change) => kept.change(change)),
      changeRead: writing((seq) => kept.changeRead(seq)),
      outbox: () => kept.outbox(),
      saveOutbox: writing((items) => kept.saveOutbox(items)),
    };
  }
}

type Writing = <Args extends unknown[]>(write: (...args: Args) => void) => (...args: Args) => void;

function guardedCopy(copy: CopyStore, writing: Writing): CopyStore {
  return {
    get end() {
      return copy.end;
    },
    get start() {
      return copy.start;
    },
    ancestry: () => copy.ancestry(),
    find: (id) => copy.find(id),
    after: (seq, limit) => copy.after(seq, limit),
    before: (seq, limit) => copy.before(seq, limit),
    relationsTo: (ids) => copy.relationsTo(ids),
    append: writing((...what: Parameters<CopyStore['append']>) => copy.append(...what)),
    prepend: writing((...what: Parameters<CopyStore['prepend']>) => copy.prepend(...what)),
    truncate: writing((last: number) => copy.truncate(last)),
    reset: writing((...what: Parameters<CopyStore['reset']>) => copy.reset(...what)),
    forgetTo: writing((floor: number) => copy.forgetTo(floor)),
  };
}
