/** What this device keeps of one room while it is in it: its copy of the log, its outbox, who one was. */
import type { CheckedEntry, Doubt } from '../model/entry.ts';
import type { ExportedLog, ExportFormat } from '../model/exported-log.ts';
import type { RoomInfo, Unread } from '../model/room.ts';
import type { OutboxMessage } from '../client/outbox.ts';
import { LanyardError } from '../errors.ts';
import { exportLog } from '../export/export-log.ts';
import type { Entry, LogPosition } from '../protocol/messages.ts';
import { joinedRecord } from '../storage/room-record.ts';
import type { RoomRecord } from '../storage/room-record.ts';
import type { RoomStorage, Storage } from '../storage/storage.ts';
import { RoomCopy } from './room-copy.ts';

export interface KeptRoomOptions {
  readonly storage: Storage;
  /** Null for one joined by address, until its first welcome. */
  readonly roomId: string | null;
  /** True for a room of this device, whose log the hub writes. */
  readonly own: boolean;
  /** Something could not be kept; it goes on in memory and can be fetched from the hub again. */
  readonly onProblem: (problem: LanyardError) => void;
}

/** A room that was joined and could not be kept yet. */
interface UnkeptRoom {
  readonly room: RoomInfo;
  readonly position: LogPosition;
  readonly entries: readonly Entry[];
  readonly doubts: ReadonlyMap<number, Doubt>;
  readonly pending: readonly OutboxMessage[];
  readonly change: Parameters<RoomStorage['change']>[0];
}

export class KeptRoom {
  readonly #options: KeptRoomOptions;
  #storage: RoomStorage | null = null;
  #copy: RoomCopy | null = null;
  /** Set while the disk was too full to begin. */
  #unkept: UnkeptRoom | null = null;

  constructor(options: KeptRoomOptions) {
    this.#options = options;
    if (options.roomId !== null) this.identify(options.roomId);
  }

  /** Null until there is something to keep. */
  get record(): RoomRecord | null {
    return this.#storage?.record ?? null;
  }

  get copy(): RoomCopy | null {
    return this.#copy;
  }

  get unread(): Unread {
    return this.#copy?.unread ?? { count: 0, mentions: 0 };
  }

  /** The last entry the windows were told of, 0 before there was one. */
  get last(): number {
    return this.#copy?.position.seq ?? 0;
  }

  outbox(): readonly OutboxMessage[] {
    return this.#storage?.outbox() ?? [];
  }

  /** It is this room: what was kept of it, if anything, is continued. */
  identify(roomId: string): void {
    if (this.#storage) return;
    this.#storage = this.#options.storage.room(roomId);
    if (this.#storage) this.#openCopy(this.#storage);
  }

  /** Where the copy of that room ends, null when there is none. */
  positionIn(roomId: string): LogPosition | null {
    if (this.#copy) return this.#copy.position;
    const entries = this.#options.storage.room(roomId)?.entries;
    return entries ? { epoch: entries.epoch, seq: entries.last } : null;
  }

  /** The log is another one; the first one of a room is kept from here on. */
  reset(
    room: RoomInfo,
    position: LogPosition,
    entries: readonly Entry[],
    doubts: ReadonlyMap<number, Doubt>,
    pending: readonly OutboxMessage[],
  ): void {
    if (!this.#storage) this.#unkept = { room, position, entries, doubts, pending, change: {} };
    this.#attempt(() => {
      if (this.#unkept) this.#begin(this.#unkept);
      else this.#copy?.reset(position, entries, doubts);
    });
    this.saveRead();
  }

  append(entries: readonly Entry[], doubts: ReadonlyMap<number, Doubt>): void {
    if (this.#unkept) {
      const { position, entries: before, doubts: doubtsBefore } = this.#unkept;
      const seq = entries.at(-1)?.seq ?? position.seq;
      this.#unkept = {
        ...this.#unkept,
        position: { ...position, seq },
        entries: [...before, ...entries],
        doubts: new Map([...doubtsBefore, ...doubts]),
      };
    }
    this.#attempt(() => {
      if (this.#unkept) this.#begin(this.#unkept);
      else this.#copy?.append(entries, doubts);
    });
  }

  prepend(entries: readonly Entry[], doubts: ReadonlyMap<number, Doubt>): void {
    this.#attempt(() => this.#copy?.prepend(entries, doubts));
  }

  forgetBefore(seq: number): void {
    this.#attempt(() => this.#copy?.forgetBefore(seq));
  }

  change(change: Parameters<RoomStorage['change']>[0]): void {
    if (this.#unkept)
      this.#unkept = { ...this.#unkept, change: { ...this.#unkept.change, ...change } };
    this.#attempt(() => this.#storage?.change(change));
  }

  /** Throws storage-*: what was typed must be kept before it is sent (S2). */
  saveOutbox(messages: readonly OutboxMessage[]): void {
    if (this.#unkept) this.#begin(this.#unkept);
    this.#storage?.saveOutbox(messages);
  }

  /** The outbox got shorter; should that not be kept, its messages are sent once more. */
  updateOutbox(messages: readonly OutboxMessage[]): void {
    this.#attempt(() => this.#storage?.saveOutbox(messages));
  }

  /** Keeps how far was read. */
  saveRead(): void {
    this.#attempt(() => this.#copy?.saveRead());
  }

  /** The entry of the copy with this id. */
  find(id: string): Entry | null {
    return this.#copy?.find(id) ?? null;
  }

  /** Entries that match, newest first. */
  search(query: string, below: number, limit: number): readonly CheckedEntry[] {
    const found = this.#storage?.entries.search(query, below, limit) ?? [];
    return this.#copy?.withDoubts(found) ?? found;
  }

  exportAs(name: string, format: ExportFormat): ExportedLog {
    const entries = this.#storage?.entries.after(0, Number.MAX_SAFE_INTEGER) ?? [];
    return exportLog(name, this.#copy?.withDoubts(entries) ?? entries, format);
  }

  /** Begins to keep a room; throws storage-*, and then it is tried again with the next write. */
  #begin({ room, position, entries, doubts, pending, change }: UnkeptRoom): void {
    const { epoch, seq } = position;
    const record = { ...joinedRecord(room), ...change };
    const storage = this.#options.storage.add(record, epoch, seq - entries.length);
    this.#unkept = null;
    this.#storage = storage;
    this.#openCopy(storage);
    storage.saveOutbox(pending);
    this.#copy?.reset(position, entries, doubts);
  }

  #openCopy(storage: RoomStorage): void {
    this.#copy = new RoomCopy(storage, this.#options.own);
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      this.#options.onProblem(error);
    }
  }
}
