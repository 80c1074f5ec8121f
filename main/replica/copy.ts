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
  /** What the disk has after that is not in the log any more. */
  #last = Infinity;
  /** What is up to there is to be forgotten. */
  #floor = 0;

  constructor(store: CopyStore, hash: Hash) {
    this.#store = store;
    this.#hash = hash;
  }

  get end(): ChainEnd {
    const last = this.#untaken.at(-1) ?? this.#reset;
    if (last) return endOf(last);
    if (this.#store.end.seq <= this.#last) return this.#store.end;
    return endOf(this.#store.before(this.#last + 1, 1).at(-1) ?? this.#store.start);
  }

  /** What the first item follows. */
  get start(): ChainEnd {
    if (this.#reset) return this.#reset;
    const { start } = this.#store;
    if (this.#floor <= start.seq) return start;
    const kept = this.#store.before(this.#floor + 1, 1);
    return endOf([...kept, ...this.#untaken].findLast(({ seq }) => seq <= this.#floor) ?? start);
  }

  /** The link after the item with this seq, or after what the first follows; null when it has none. */
  linkAt(seq: number): string | null {
    const { start } = this;
    if (seq === start.seq) return start.link;
    const [item] = this.after(seq - 1, 1);
    return item?.seq === seq ? item.link : null;
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
    const believed = entries.filter(isBelieved);
    const relationsTo = (ids: readonly string[]) => [
      ...this.#relationsTo(ids),
      ...referringTo(ids, believed),
    ];
    const gone = [...idsGone(believed, relationsTo), ...goneBefore(entries, relationsTo)];
    this.#store.prepend(after, entries, gone);
  }

  /** Drops what is after this; throws storage-*, and then the disk drops it with what is written next. */
  truncate(last: number): void {
    this.#untaken = this.#untaken.filter(({ seq }) => seq <= last);
    this.#last = Math.min(this.#last, last);
    this.#write();
  }

  /** Forgets what is up to there (L9); throws storage-*, and then it is done with what is written next. */
  forgetTo(floor: number): void {
    this.#floor = Math.max(this.#floor, floor);
    this.#write();
  }

  /** The first with this id. */
  find(id: string): CheckedEntry | null {
    const all = [...this.#valid([this.#store.find(id)]), ...this.#untaken];
    return all.find((entry) => entry.id === id && entry.seq > this.#floor) ?? null;
  }

  /** At most `limit` items just below `seq`, oldest first. */
  before(seq: number, limit: number): readonly CheckedEntry[] {
    const older = this.#store.before(Math.min(seq, this.#last + 1), limit);
    const untaken = this.#untaken.filter((entry) => entry.seq < seq);
    const all = [...this.#valid(older), ...untaken].filter((entry) => entry.seq > this.#floor);
    return this.#whole(all.slice(-limit));
  }

  /** At most `limit` items with a larger seq, oldest first. */
  after(seq: number, limit: number): readonly CheckedEntry[] {
    const from = Math.max(seq, this.#floor);
    const kept = this.#valid(this.#store.after(from, limit));
    const untaken = this.#untaken.filter((entry) => entry.seq > from);
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
    const kept = this.#valid(this.#store.relationsTo(ids));
    return [...kept, ...referringTo(ids, this.#untaken)].filter(isBelieved);
  }

  /** Those of the disk's that are in the log. */
  #valid(kept: readonly (CheckedEntry | null)[]): readonly CheckedEntry[] {
    if (this.#reset) return [];
    return kept.flatMap((entry) => (entry && entry.seq <= this.#last ? entry : []));
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
    else if (this.#last < this.#store.end.seq) this.#store.truncate(this.#last);
    this.#reset = null;
    this.#last = Infinity;
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
    const believed = this.#untaken.filter(isBelieved);
    return [...idsGone(believed, relationsTo), ...goneBefore(this.#untaken, relationsTo)];
  }
}

/** What is doubted was done by nobody (E1). */
function isBelieved({ doubt }: CheckedEntry): boolean {
  return doubt === undefined;
}

function referringTo(
  ids: readonly string[],
  entries: readonly CheckedEntry[],
): readonly CheckedEntry[] {
  const wanted = new Set(ids);
  return entries.filter((entry) => wanted.has(referred(entry, 'to') ?? ''));
}

function endOf({ epoch, seq, link }: ChainEnd): ChainEnd {
  return { epoch, seq, link };
}
