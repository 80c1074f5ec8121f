/** What was said in one room, on its way from the hub into the copy and to the windows. */
import type { BridgeEvent } from '../../preload/contract.ts';
import type { CheckedEntry, Doubt, SaidEntry } from '../model/entry.ts';
import type { ExportedLog, ExportFormat } from '../model/exported-log.ts';
import type { Pending } from '../model/pending.ts';
import type { RoomInfo, RoomKey } from '../model/room.ts';
import type { Entry, LogPosition } from '../protocol/messages.ts';
import { doubtsOf, withDoubts } from './authenticity.ts';
import type { KeptRoom } from './kept-room.ts';
import { mentions } from './mentions.ts';
import type { People } from './people.ts';

/** Entries as a window shows them, and whether there are older ones. */
export interface Stretch {
  readonly entries: readonly CheckedEntry[];
  readonly hasOlder: boolean;
}

/**
 * While much comes it is taken in so far apart, in ms: each time is a write to the disk, and news for
 * every window, which draw less often than that.
 */
const APART_MS = 32;

export interface RoomHistoryOptions {
  readonly key: RoomKey;
  /** Empty until it is known. */
  readonly roomId: () => string;
  readonly kept: KeptRoom;
  readonly people: People;
  /** Entries right before a seq from the hub, null where it cannot be asked. */
  readonly fetchBefore: (
    seq: number,
  ) => Promise<{ readonly entries: readonly Entry[]; readonly more: boolean } | null>;
  readonly emit: (event: BridgeEvent) => void;
  /** Somebody else said this, just now; `mention` when it names this person. */
  readonly onSaid: (entry: SaidEntry, mention: boolean) => void;
}

export class RoomHistory {
  readonly #options: RoomHistoryOptions;
  /** True until the hub said that its log begins where the copy does. */
  #hubHasOlder = true;
  /** What came and is yet to be taken in. */
  #arrived: Entry[] = [];
  #isDue = false;
  /** When it was done last; monotonic ms. */
  #tookInAt = -Infinity;

  constructor(options: RoomHistoryOptions) {
    this.#options = options;
  }

  /** The end of the copy. */
  newest(): Stretch {
    return this.#stretch(this.#options.kept.copy?.newest() ?? []);
  }

  /** Older entries, from the copy or, where that ends, from the hub. */
  async before(seq: number, limit: number): Promise<Stretch> {
    const { kept, fetchBefore } = this.#options;
    const { copy } = kept;
    if (!copy) return { entries: [], hasOlder: false };
    if (seq <= copy.first && this.#hubHasOlder) {
      const page = await fetchBefore(copy.first);
      if (page) {
        this.#hubHasOlder = page.more;
        kept.prepend(page.entries, this.#doubtsOf(page.entries));
      }
    }
    return this.#stretch(copy.before(seq, limit));
  }

  #stretch(entries: readonly CheckedEntry[]): Stretch {
    const [oldest] = entries;
    const first = this.#options.kept.copy?.first;
    const isKnown = oldest !== undefined && first !== undefined;
    return { entries, hasOlder: isKnown && (oldest.seq > first || this.#hubHasOlder) };
  }

  /** Entries that match, newest first, also what came just now. */
  search(query: string, below: number, limit: number): readonly CheckedEntry[] {
    this.takeIn();
    return this.#options.kept.search(query, below, limit);
  }

  /** The whole copy as a file, also what came just now; `name` is the room's. */
  exportAs(name: string, format: ExportFormat): ExportedLog {
    this.takeIn();
    return this.#options.kept.exportAs(name, format);
  }

  /** Everything up to `seq` has been seen. */
  markRead(seq: number): void {
    const { kept } = this.#options;
    kept.copy?.markRead(seq);
    kept.saveRead();
    this.#emitUnread();
  }

  /** These came, and follow the copy: at once when little comes. */
  arrive(entries: readonly Entry[]): void {
    this.#arrived.push(...entries);
    if (this.#isDue) return;
    this.#isDue = true;
    const due = () => {
      this.#isDue = false;
      this.takeIn();
    };
    const wait = this.#tookInAt + APART_MS - performance.now();
    if (wait > 0) setTimeout(due, wait);
    else setImmediate(due);
  }

  /** Keeps what came and shows it: before anything else that came after it. */
  takeIn(): void {
    const entries = this.#arrived;
    if (entries.length === 0) return;
    this.#arrived = [];
    this.#tookInAt = performance.now();
    const { key, kept, people, emit, onSaid } = this.#options;
    const doubts = this.#doubtsOf(entries);
    kept.append(entries, doubts);
    emit({ type: 'room-entries', key, entries: withDoubts(entries, doubts) });
    for (const entry of entries) {
      people.setTyping(entry.from, false);
      if (entry.kind !== 'said' || entry.struck) continue;
      if (entry.from === people.you) {
        kept.copy?.markRead(entry.seq);
        continue;
      }
      const mention = mentions(entry.text, people.ownName ?? '');
      kept.copy?.addUnread(entry.seq, mention);
      // A notification would have somebody say it, and no place for the doubt.
      if (!doubts.has(entry.seq)) onSaid(entry, mention);
    }
    kept.saveRead();
    this.#emitUnread();
  }

  /** The log is another one from here on. */
  reset(
    info: RoomInfo,
    position: LogPosition,
    entries: readonly Entry[],
    pending: readonly Pending[],
  ): void {
    const { key, kept, roomId, emit } = this.#options;
    // Numbers of another log mean nothing here: what was said again after it was cleared is no replay.
    const isSameLog = kept.copy?.position.epoch === position.epoch;
    const doubts = isSameLog ? this.#doubtsOf(entries) : doubtsOf(roomId(), entries, () => null);
    kept.reset(info, position, entries, doubts, pending);
    this.#hubHasOlder = (entries[0]?.seq ?? 1) > 1;
    emit({ type: 'room-log-reset', key, ...this.#stretch(withDoubts(entries, doubts)) });
    this.#emitUnread();
  }

  #doubtsOf(entries: readonly Entry[]): ReadonlyMap<number, Doubt> {
    const { kept, roomId } = this.#options;
    return doubtsOf(roomId(), entries, (id) => kept.find(id));
  }

  #emitUnread(): void {
    const { key, kept, emit } = this.#options;
    emit({ type: 'room-unread', key, unread: kept.unread });
  }
}
