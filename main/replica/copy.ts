/** A member's copy of one conversation, also while its disk is full. */
import { redacted } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import type { Doubt } from '../model/entry.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry } from '../timeline/entry.ts';
import { goneBefore, idsGone } from '../timeline/redact.ts';
import type { CopyStore } from './copy-store.ts';

/** An item and what this device thinks of it. */
export type CheckedEntry = Entry & { readonly doubt?: Doubt };

const NO_DOUBTS: ReadonlyMap<string, Doubt> = new Map();

export class Copy {
  readonly #store: CopyStore;
  readonly #hash: Hash;
  /** What the disk has not taken yet: perhaps a new beginning, and what follows. */
  #reset: ChainEnd | null = null;
  #untaken: readonly Entry[] = [];
  #doubts: ReadonlyMap<string, Doubt> = NO_DOUBTS;
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
    this.#doubts = NO_DOUBTS;
    this.#write();
  }

  /** Adds what follows; throws storage-* as above. */
  append(entries: readonly Entry[], doubts: ReadonlyMap<string, Doubt>): void {
    this.#untaken = [...this.#untaken, ...entries];
    if (doubts.size > 0) this.#doubts = new Map([...this.#doubts, ...doubts]);
    this.#write();
  }

  /** Adds what precedes the first; throws storage-*, and then nothing was added. */
  prepend(after: ChainEnd, entries: readonly Entry[], doubts: ReadonlyMap<string, Doubt>): void {
    if (this.#reset) return;
    const relationsTo = (ids: readonly string[]) => this.#relationsTo(ids);
    this.#store.prepend(after, entries, goneBefore(entries, relationsTo), doubts);
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

  find(id: string): Entry | null {
    return this.#untaken.find((entry) => entry.id === id) ?? this.#store.find(id);
  }

  /** At most `limit` items just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly CheckedEntry[] {
    const kept = this.#reset ? [] : this.#store.before(seq, limit);
    const untaken = this.#untaken.filter((entry) => entry.seq < seq);
    return this.#checked([...kept, ...untaken].slice(-limit));
  }

  /** At most `limit` items with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly CheckedEntry[] {
    const kept = this.#reset ? [] : this.#store.after(seq, limit);
    const untaken = this.#untaken.filter((entry) => entry.seq > seq);
    return this.#checked([...kept, ...untaken].slice(0, limit));
  }

  /** What was done to these, and to what was done to them, by those it names. */
  relations(ids: readonly string[]): readonly Entry[] {
    const direct = this.#relationsTo(ids);
    return [...direct, ...this.#relationsTo(direct.map(({ id }) => id))];
  }

  #relationsTo(ids: readonly string[]): readonly Entry[] {
    if (ids.length === 0) return [];
    const wanted = new Set(ids);
    const untaken = this.#untaken.filter(({ references }) =>
      references.some(({ as, id }) => as === 'to' && wanted.has(id)),
    );
    const all = [...(this.#reset ? [] : this.#store.relationsTo(ids)), ...untaken];
    if (all.length === 0) return all;
    const doubts = this.#store.doubts(all.map(({ id }) => id));
    return all.filter(({ id }) => !doubts.has(id) && !this.#doubts.has(id));
  }

  #checked(entries: readonly Entry[]): readonly CheckedEntry[] {
    const doubts = new Map([...this.#store.doubts(entries.map(({ id }) => id)), ...this.#doubts]);
    const gone = new Set(this.#untaken.length === 0 ? [] : this.#gone());
    if (doubts.size === 0 && gone.size === 0) return entries;
    return entries.map((entry) => {
      const doubt = doubts.get(entry.id);
      const body = gone.has(entry.id) ? redacted(entry.body, this.#hash) : entry.body;
      return doubt === undefined ? { ...entry, body } : { ...entry, body, doubt };
    });
  }

  /** Also what could not be written before, so that no gap stays. */
  #write(): void {
    if (this.#reset) this.#store.reset(this.#reset);
    this.#reset = null;
    this.#append(this.#untaken);
    if (this.#floor > this.#store.start.seq) this.#store.forgetTo(this.#floor);
    this.#floor = 0;
  }

  #append(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#store.append(entries, this.#gone(), this.#doubts);
    this.#untaken = [];
    this.#doubts = NO_DOUBTS;
  }

  /** What loses its body by what the disk has not taken yet. */
  #gone(): readonly string[] {
    const relationsTo = (ids: readonly string[]) => this.#relationsTo(ids);
    // What is doubted takes nothing away.
    const believed = this.#untaken.filter(({ id }) => !this.#doubts.has(id));
    return [...idsGone(believed, relationsTo), ...goneBefore(this.#untaken, relationsTo)];
  }
}
