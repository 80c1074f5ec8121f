/** A conversation's log that lasts as long as the process: a hub's own, or a member's copy. */
import { redacted, referred } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import type { EngineLog } from '../hub/engine/engine-store.ts';
import type { CopyStore } from '../replica/copy-store.ts';
import { BEGINNING } from '../timeline/chain.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import { byPlace } from '../timeline/entry.ts';
import type { CheckedEntry, Entry, Position } from '../timeline/entry.ts';
import { matchesWords } from './search-words.ts';
import { textNow } from './text-now.ts';

export class MemoryLog implements EngineLog, CopyStore {
  readonly #hash: Hash;
  /** What the first item follows. */
  #start: ChainEnd = BEGINNING;
  /** Rising. */
  #entries: CheckedEntry[] = [];
  /** Those with one id in their order: an event that a hub repeats has several. */
  readonly #byId = new Map<string, readonly CheckedEntry[]>();
  /** What refers to each with `to`, also redactions of what is forgotten. */
  readonly #relations = new Map<string, Map<number, CheckedEntry>>();

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  get start(): ChainEnd {
    return this.#start;
  }

  get end(): ChainEnd {
    return this.last;
  }

  get last(): ChainEnd {
    const last = this.#entries.at(-1);
    return last ? endOf(last) : this.#start;
  }

  get floor(): ChainEnd {
    return this.#start;
  }

  ancestry(): readonly Position[] {
    const lasts = new Map<string, number>();
    if (this.#start.epoch !== '') lasts.set(this.#start.epoch, this.#start.seq);
    for (const { epoch, seq } of this.#entries) lasts.set(epoch, seq);
    return Array.from(lasts, ([epoch, seq]) => ({ epoch, seq })).toReversed();
  }

  find(id: string): CheckedEntry | null {
    return this.#byId.get(id)?.[0] ?? null;
  }

  after(seq: number, limit: number): readonly CheckedEntry[] {
    const from = this.#indexAfter(seq);
    return this.#entries.slice(from, from + limit);
  }

  has(id: string): boolean {
    const isRedacted = () => this.relationsTo([id]).some(({ kind }) => kind === redaction.name);
    return this.find(id) !== null || isRedacted();
  }

  before(seq: number, limit: number): readonly CheckedEntry[] {
    const end = this.#indexAfter(seq - 1);
    return this.#entries.slice(Math.max(end - limit, 0), end);
  }

  relationsTo(ids: readonly string[]): readonly CheckedEntry[] {
    const found = new Set(ids.flatMap((id) => [...(this.#relations.get(id)?.values() ?? [])]));
    return found.size < 2 ? [...found] : [...found].toSorted(byPlace);
  }

  /** The messages below `below` that say something that matches, newest first. */
  search(query: string, below: number, limit: number): readonly Entry[] {
    const matches = matchesWords(query);
    const found = this.#entries.toReversed().filter((entry) => {
      if (entry.seq >= below) return false;
      const changes = this.relationsTo([entry.id]).filter(({ doubt }) => doubt === undefined);
      const text = textNow(entry, changes);
      return text !== null && matches(text);
    });
    return found.slice(0, limit);
  }

  append(entries: readonly CheckedEntry[], gone: readonly string[]): void {
    this.#entries.push(...entries);
    for (const entry of entries) this.#index(entry);
    this.redact(gone);
  }

  prepend(after: ChainEnd, entries: readonly CheckedEntry[], gone: readonly string[]): void {
    this.#entries.unshift(...entries);
    for (const entry of entries) this.#index(entry);
    this.#start = after;
    this.redact(gone);
  }

  /** Keeps what is doubted of these. */
  mark(entries: readonly CheckedEntry[]): void {
    for (const { seq, doubt } of entries) {
      const entry = this.#entries[this.#indexAfter(seq - 1)];
      if (entry?.seq === seq && doubt !== undefined) this.#replace({ ...entry, doubt });
    }
  }

  truncate(last: number): void {
    for (const entry of this.#entries.splice(this.#indexAfter(last))) this.#drop(entry);
  }

  reset(after: ChainEnd): void {
    this.#start = after;
    this.#entries = [];
    this.#byId.clear();
    this.#relations.clear();
  }

  forgetTo(floor: number): void {
    const gone = this.#entries.splice(0, this.#indexAfter(floor));
    const last = gone.at(-1);
    if (last) this.#start = endOf(last);
    for (const entry of gone) {
      if (entry.kind === redaction.name) this.#dropId(entry);
      else this.#drop(entry);
    }
  }

  forgetOlder(at: number): boolean {
    const young = this.#entries.findIndex((entry) => entry.at >= at);
    const last = young === -1 ? this.#entries.at(-1) : this.#entries[young - 1];
    if (last) this.forgetTo(last.seq);
    return last !== undefined;
  }

  /** Takes their bodies from these (M4). */
  redact(ids: readonly string[]): void {
    for (const entry of ids.flatMap((id) => this.#byId.get(id) ?? [])) {
      this.#replace({ ...entry, body: redacted(entry.body, this.#hash) });
    }
  }

  #replace(entry: CheckedEntry): void {
    this.#entries[this.#indexAfter(entry.seq - 1)] = entry;
    this.#dropId(entry);
    this.#index(entry);
  }

  #index(entry: CheckedEntry): void {
    this.#byId.set(entry.id, [...(this.#byId.get(entry.id) ?? []), entry].toSorted(byPlace));
    const to = referred(entry, 'to');
    if (to === undefined) return;
    const relations = this.#relations.get(to) ?? new Map<number, CheckedEntry>();
    this.#relations.set(to, relations.set(entry.seq, entry));
  }

  #drop(entry: CheckedEntry): void {
    this.#dropId(entry);
    this.#relations.get(referred(entry, 'to') ?? '')?.delete(entry.seq);
  }

  #dropId({ id, seq }: CheckedEntry): void {
    const left = (this.#byId.get(id) ?? []).filter((other) => other.seq !== seq);
    if (left.length === 0) this.#byId.delete(id);
    else this.#byId.set(id, left);
  }

  /** The index of the first entry with a larger seq. */
  #indexAfter(seq: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function endOf({ epoch, seq, link }: Entry): ChainEnd {
  return { epoch, seq, link };
}
