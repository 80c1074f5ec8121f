import type { Doubt } from '../model/entry.ts';
import type { Entry, SaidEntry } from '../protocol/messages.ts';
import type { EntryStore } from './entry-store.ts';
import { matchesWords } from './search-words.ts';

/** A room's log that lasts as long as the process. */
export class MemoryEntries implements EntryStore {
  #epoch: string;
  /** The seq before the first entry. */
  #base: number;
  #entries: Entry[] = [];
  /** The first of those with each id. */
  readonly #byId = new Map<string, Entry>();
  readonly #doubts = new Map<number, Doubt>();

  constructor(epoch: string, last = 0) {
    this.#epoch = epoch;
    this.#base = last;
  }

  get epoch(): string {
    return this.#epoch;
  }

  get first(): number {
    return this.#base + 1;
  }

  get last(): number {
    return this.#base + this.#entries.length;
  }

  find(id: string): Entry | null {
    return this.#byId.get(id) ?? null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    const from = Math.max(seq - this.#base, 0);
    return this.#entries.slice(from, from + limit);
  }

  before(seq: number, limit: number): readonly Entry[] {
    const end = Math.min(Math.max(seq - 1 - this.#base, 0), this.#entries.length);
    return this.#entries.slice(Math.max(end - limit, 0), end);
  }

  search(query: string, below: number, limit: number): readonly SaidEntry[] {
    const matches = matchesWords(query);
    return this.#entries
      .filter((entry) => entry.kind === 'said')
      .filter(({ seq, text }) => seq < below && matches(text))
      .toReversed()
      .slice(0, limit);
  }

  append(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.seq !== this.last + 1) continue;
      this.#entries.push(entry);
      if (!this.#byId.has(entry.id)) this.#byId.set(entry.id, entry);
    }
  }

  prepend(entries: readonly Entry[]): void {
    for (const entry of entries.toReversed()) {
      if (entry.seq !== this.#base) continue;
      this.#entries.unshift(entry);
      this.#base -= 1;
      this.#byId.set(entry.id, entry);
    }
  }

  firstSince(at: number): number {
    return (this.#entries.findLast((entry) => entry.at < at)?.seq ?? this.#base) + 1;
  }

  forgetBefore(seq: number): void {
    const gone = this.#entries.splice(0, Math.max(seq - this.first, 0));
    if (gone.length === 0) return;
    this.#base += gone.length;
    for (const entry of gone) this.#doubts.delete(entry.seq);
    this.#indexIds();
  }

  strike(id: string): void {
    const entry = this.#byId.get(id);
    if (!entry) return;
    this.#entries = this.#entries.map((it) => (it.id === id ? struckEntry(it) : it));
    this.#byId.set(id, struckEntry(entry));
  }

  doubt(seq: number, why: Doubt): void {
    if (seq >= this.first && seq <= this.last) this.#doubts.set(seq, why);
  }

  doubts(from: number, to: number): ReadonlyMap<number, Doubt> {
    return new Map([...this.#doubts].filter(([seq]) => seq >= from && seq <= to));
  }

  refresh(): void {
    // Nobody else can write it.
  }

  reset(epoch: string, last: number): void {
    this.#epoch = epoch;
    this.#base = last;
    this.#entries = [];
    this.#byId.clear();
    this.#doubts.clear();
  }

  #indexIds(): void {
    this.#byId.clear();
    for (const entry of this.#entries.toReversed()) this.#byId.set(entry.id, entry);
  }
}

/** What is left of an entry; an act said nothing. */
function struckEntry(entry: Entry): Entry {
  return entry.kind === 'said' ? { ...entry, text: '', signature: '', struck: true } : entry;
}
