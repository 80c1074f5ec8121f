import type { Draft, RoomLog } from '../hub/room-log.ts';
import type { Entry } from '../protocol/messages.ts';

/** A room's log that lasts as long as the process. */
export class MemoryLog implements RoomLog {
  readonly epoch: string;
  readonly #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  get last(): number {
    return this.#entries.length;
  }

  append(draft: Draft): Entry {
    const entry = { ...draft, seq: this.last + 1 };
    this.#entries.push(entry);
    this.#byId.set(entry.id, entry);
    return entry;
  }

  find(id: string): Entry | null {
    return this.#byId.get(id) ?? null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    return this.#entries.slice(seq, seq + limit);
  }

  before(seq: number, limit: number): readonly Entry[] {
    const end = Math.min(Math.max(seq - 1, 0), this.last);
    return this.#entries.slice(Math.max(end - limit, 0), end);
  }
}
