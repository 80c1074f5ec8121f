/** A member's copy of one conversation, also while its disk is full. */
import { redacted, referred } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { CheckedEntry } from '../timeline/entry.ts';
import { goneBefore, idsGone } from '../timeline/redact.ts';
import type { CopyStore } from './copy-store.ts';

export class Copy {
  readonly #store: CopyStore;
  readonly #hash: Hash;
  /** What the disk has not taken yet: perhaps a new beginning, and what follows. */
  #reset: ChainEnd | null = null;
  #untaken: readonly CheckedEntry[] = [];
  /** What is up to there is to be forgotten. */
  #floor = 0;

  constructor(store: CopyStore, hash: Hash) {
    this.#store = store;
    this.#hash = hash;
  }

  get end(): ChainEnd {
    const last = this.#untaken.at(-1);
    if (last) return { epoch: last.epoch, seq: last.seq, link: last.link };
    return this.#reset ?? this.#store.end;
  }

  /** What the first item follows. */
  get start(): ChainEnd {
    return this.#reset ?? this.#store.start;
  }

  /** Throws storage-*; then it is kept in memory, and written with what comes next. */
  reset(after: ChainEnd): void {
    this.#reset = after;
    this.#untaken = [];
    this.#write();
  }

  /** Adds what follows; throws storage-* as above. */
  append(entries: readonly CheckedEntry[]): void {
    this.#untaken = [...this.#untaken, ...entries];
    this.#write();
  }

  /** Adds what precedes the first; throws storage-*, and then nothing was added. */
  prepend(after: ChainEnd, entries: readonly CheckedEntry[]): void {
    if (this.#reset) return;
    const relationsTo = (ids: readonly string[]) => this.#relationsTo(ids);
    this.#store.prepend(after, entries, goneBefore(entries, relationsTo));
  }

  /** Drops what is after this; throws storage-*, and then nothing was dropped. */
  truncate(last: number): void {
    this.#write();
    this.#store.truncate(last);
  }

  /** Forgets what is up to there (L9); throws storage-*, and then it is done with what is written next. */
  forgetTo(floor: number): void {
    this.#floor = Math.max(this.#floor, floor);
    this.#write();
  }

  /** The first with this id. */
  find(id: string): CheckedEntry | null {
    const kept = this.#reset ? null : this.#store.find(id);
    return kept ?? this.#untaken.find((entry) => entry.id === id) ?? null;
  }

  /** At most `limit` items just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly CheckedEntry[] {
    const kept = this.#reset ? [] : this.#store.before(seq, limit);
    const untaken = this.#untaken.filter((entry) => entry.seq < seq);
    return this.#whole([...kept, ...untaken].slice(-limit));
  }

  /** At most `limit` items with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly CheckedEntry[] {
    const kept = this.#reset ? [] : this.#store.after(seq, limit);
    const untaken = this.#untaken.filter((entry) => entry.seq > seq);
    return this.#whole([...kept, ...untaken].slice(0, limit));
  }

  /** What was done to these, and to what was done to them, by those it names. */
  relations(ids: readonly string[]): readonly CheckedEntry[] {
    const direct = this.#relationsTo(ids);
    return [...direct, ...this.#relationsTo(direct.map(({ id }) => id))];
  }

  /** What is doubted is no relation of anything (E1). */
  #relationsTo(ids: readonly string[]): readonly CheckedEntry[] {
    if (ids.length === 0) return [];
    const wanted = new Set(ids);
    const untaken = this.#untaken.filter((entry) => wanted.has(referred(entry, 'to') ?? ''));
    const all = [...(this.#reset ? [] : this.#store.relationsTo(ids)), ...untaken];
    return all.filter(({ doubt }) => doubt === undefined);
  }

  #whole(entries: readonly CheckedEntry[]): readonly CheckedEntry[] {
    const gone = new Set(this.#untaken.length === 0 ? [] : this.#gone());
    if (gone.size === 0) return entries;
    return entries.map((entry) =>
      gone.has(entry.id) ? { ...entry, body: redacted(entry.body, this.#hash) } : entry,
    );
  }

  /** Also what could not be written before, so that no gap stays. */
  #write(): void {
    if (this.#reset) this.#store.reset(this.#reset);
    this.#reset = null;
    this.#append(this.#untaken);
    if (this.#floor > this.#store.start.seq) this.#store.forgetTo(this.#floor);
    this.#floor = 0;
  }

  #append(entries: readonly CheckedEntry[]): void {
    if (entries.length === 0) return;
    this.#store.append(entries, this.#gone());
    this.#untaken = [];
  }

  /** What loses its body by what the disk has not taken yet. */
  #gone(): readonly string[] {
    const relationsTo = (ids: readonly string[]) => this.#relationsTo(ids);
    // What is doubted takes nothing away.
    const believed = this.#untaken.filter(({ doubt }) => doubt === undefined);
    return [...idsGone(believed, relationsTo), ...goneBefore(this.#untaken, relationsTo)];
  }
}
