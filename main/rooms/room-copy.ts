import type { CheckedEntry, Doubt } from '../model/entry.ts';
import type { Unread } from '../model/room.ts';
import type { Entry, LogPosition } from '../protocol/messages.ts';
import { struck } from '../protocol/struck.ts';
import type { EntryStore } from '../storage/entry-store.ts';
import { withDoubts } from './authenticity.ts';
import { mentions } from './mentions.ts';
import type { RoomStorage } from '../storage/storage.ts';

/** The newest entries a window is given at once; it asks for older ones (`entriesBefore`). */
const SHOWN_AT_ONCE = 200;

/** Further unread entries than these are not counted. */
const UNREAD_MAX = 1_000;

/** This device's copy of a room's log, as far as the windows were told of it. */
export class RoomCopy {
  readonly #kept: RoomStorage;
  /** True when the hub writes this very log: the copy only reads it. */
  readonly #own: boolean;
  #last: number;
  #read: number;
  /** What the disk has not taken yet, because it was full: a new log's beginning, and entries. */
  #untakenLog: LogPosition | null = null;
  #untaken: readonly Entry[] = [];
  /** What is doubted of those, by seq. */
  #untakenDoubts: ReadonlyMap<number, Doubt> = new Map();
  #unread: { readonly seq: number; readonly mention: boolean }[];

  constructor(kept: RoomStorage, own: boolean) {
    this.#kept = kept;
    this.#own = own;
    this.#last = kept.entries.last;
    const { read, you, ownName } = kept.record;
    this.#read = read;
    this.#unread = kept.entries
      .after(read, UNREAD_MAX)
      .filter((entry) => entry.kind === 'said')
      .filter((entry) => entry.from !== you)
      .map((entry) => ({ seq: entry.seq, mention: mentions(entry.text, ownName) }));
  }

  get #entries(): EntryStore {
    return this.#kept.entries;
  }

  /** The entries with where they begin and end by now: an own room's hub writes them elsewhere. */
  get #current(): EntryStore {
    if (this.#own) this.#entries.refresh();
    return this.#entries;
  }

  get position(): LogPosition {
    return { epoch: this.#current.epoch, seq: this.#last };
  }

  /** The oldest entry's seq; one more than the newest when there is none. */
  get first(): number {
    return this.#current.first;
  }

  get unread(): Unread {
    const named = this.#unread.filter(({ mention }) => mention).length;
    return { count: this.#unread.length, mentions: named };
  }

  /** Another log begins; what is in it when one comes in counts as read. */
  reset(
    position: LogPosition,
    entries: readonly Entry[],
    doubts: ReadonlyMap<number, Doubt>,
  ): void {
    this.#last = position.seq;
    this.#unread = [];
    this.#read = position.seq;
    if (this.#own) {
      this.#doubt(doubts);
      return;
    }
    this.#untakenLog = { epoch: position.epoch, seq: position.seq - entries.length };
    this.#untaken = entries;
    this.#untakenDoubts = doubts;
    this.#write();
  }

  /** Adds what follows the newest; what is doubted strikes nothing. */
  append(entries: readonly Entry[], doubts: ReadonlyMap<number, Doubt>): void {
    this.#last = entries.at(-1)?.seq ?? this.#last;
    if (this.#own) {
      this.#doubt(doubts);
      return;
    }
    this.#untaken = [...this.#untaken, ...entries];
    this.#untakenDoubts = new Map([...this.#untakenDoubts, ...doubts]);
    this.#write();
  }

  /** Adds what precedes the oldest. */
  prepend(entries: readonly Entry[], doubts: ReadonlyMap<number, Doubt>): void {
    if (this.#own || this.#untakenLog) return;
    this.#entries.prepend(entries);
    this.#doubt(doubts);
  }

  /** The room has forgotten what was before: so does the copy (L5). */
  forgetBefore(seq: number): void {
    if (!this.#own) this.#entries.forgetBefore(seq);
  }

  /** The entry with this id, as far as it is on the disk. */
  find(id: string): Entry | null {
    return this.#entries.find(id);
  }

  /** These entries are not to be taken for their authors'. */
  #doubt(doubts: ReadonlyMap<number, Doubt>): void {
    for (const [seq, why] of doubts) this.#entries.doubt(seq, why);
  }

  /** The newest entries, oldest first. */
  newest(): readonly CheckedEntry[] {
    return this.before(this.#last + 1, SHOWN_AT_ONCE);
  }

  /** At most `limit` entries just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly CheckedEntry[] {
    const taken = this.#untakenLog
      ? []
      : this.#entries.before(Math.min(seq, this.#last + 1), limit);
    const untaken = this.#untaken.filter((entry) => entry.seq < seq);
    if (untaken.length === 0) return this.withDoubts(this.#withStrikes(taken));
    return this.withDoubts(this.#withStrikes([...taken, ...untaken].slice(-limit)));
  }

  /** The same entries without what the disk has yet to strike (M4). */
  #withStrikes(entries: readonly Entry[]): readonly Entry[] {
    const ids = this.#untakenStrikes();
    if (ids.size === 0) return entries;
    return entries.map((entry) =>
      entry.kind === 'said' && ids.has(entry.id) ? struck(entry) : entry,
    );
  }

  /** The ids of what is struck by an act that is not doubted and not on the disk yet. */
  #untakenStrikes(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const entry of this.#untaken) {
      if (entry.kind !== 'act' || entry.act !== 'strike') continue;
      if (!this.#untakenDoubts.has(entry.seq)) ids.add(entry.on);
    }
    return ids;
  }

  /** The same entries, each with what this device thinks of it. */
  withDoubts(entries: readonly Entry[]): readonly CheckedEntry[] {
    const seqs = entries.map(({ seq }) => seq);
    if (seqs.length === 0) return entries;
    // Not by spreading: an export has more entries than a call may have arguments.
    const from = seqs.reduce((a, b) => Math.min(a, b));
    const to = seqs.reduce((a, b) => Math.max(a, b));
    return withDoubts(
      entries,
      new Map([...this.#entries.doubts(from, to), ...this.#untakenDoubts]),
    );
  }

  /** Also what could not be written before, so that no gap stays. */
  #write(): void {
    if (this.#untakenLog) this.#entries.reset(this.#untakenLog.epoch, this.#untakenLog.seq);
    this.#untakenLog = null;
    const strikes = this.#untakenStrikes();
    this.#entries.append(this.#untaken);
    this.#untaken = [];
    this.#doubt(this.#untakenDoubts);
    this.#untakenDoubts = new Map();
    for (const id of strikes) this.#entries.strike(id);
  }

  /** Somebody else said this one; it counts until it is read. */
  addUnread(seq: number, mention: boolean): void {
    if (this.#unread.length < UNREAD_MAX) this.#unread.push({ seq, mention });
  }

  /** Everything up to `seq` has been seen. */
  markRead(seq: number): void {
    this.#unread = this.#unread.filter((entry) => entry.seq > seq);
    this.#read = Math.max(this.#read, Math.min(seq, this.#last));
  }

  /** Keeps how far was read. */
  saveRead(): void {
    if (this.#read !== this.#kept.record.read) this.#kept.changeRead(this.#read);
  }
}
