/** What this device keeps of one room: its record, its copies and its outbox, from the first write on. */
import { LateStore } from '../replica/late-store.ts';
import type { RoomInfo } from '../model/room.ts';
import { joinedRecord } from '../storage/room-record.ts';
import type { RoomRecord } from '../storage/room-record.ts';
import type { RoomStorage, Storage } from '../storage/storage.ts';
import type { Entry } from '../timeline/entry.ts';

type Change = Parameters<RoomStorage['change']>[0];

export class RoomStore {
  readonly #storage: Storage;
  #kept: RoomStorage | null;
  /** What the room's record is to say once there is one. */
  #change: Change = {};
  #info: RoomInfo | null = null;
  #late: LateStore | null = null;

  /** `roomId` is null for one that is joined by address, until it is known. */
  constructor(storage: Storage, roomId: string | null) {
    this.#storage = storage;
    this.#kept = roomId === null ? null : storage.room(roomId);
  }

  /** Null until there is something to keep. */
  get record(): RoomRecord | null {
    return this.#kept?.record ?? null;
  }

  /** It is this room: what was kept of it, if anything, is continued. */
  identify(info: RoomInfo): void {
    this.#info = info;
    this.#kept ??= this.#storage.room(info.id);
  }

  /** What is kept of the room with this id; begun with the first write. */
  of(roomId: string): LateStore {
    this.#kept ??= this.#storage.room(roomId);
    this.#late ??= new LateStore(this.#kept, () => {
      if (!this.#info) throw new Error('a room is kept once it is known which it is');
      this.#kept = this.#storage.add({ ...joinedRecord(this.#info), ...this.#change });
      return this.#kept;
    });
    return this.#late;
  }

  /** Throws storage-*. */
  change(change: Change): void {
    if (this.#kept) this.#kept.change(change);
    else this.#change = { ...this.#change, ...change };
  }

  /** Keeps how far was read; throws storage-*. */
  changeRead(id: string): void {
    if (this.#kept && this.#kept.record.read !== id) this.#kept.changeRead(id);
  }

  search(conversation: string, query: string, below: number, limit: number): readonly Entry[] {
    return this.#kept?.search(conversation, query, below, limit) ?? [];
  }
}
