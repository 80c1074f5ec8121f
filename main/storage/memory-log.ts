/** A conversation's log that lasts as long as the process: a hub's own, or a member's copy. */
import { redacted, referred } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import type { EngineLog } from '../hub/engine/engine-store.ts';
import type { Doubt } from '../model/entry.ts';
import type { CopyStore } from '../replica/copy-store.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import { byPlace } from '../timeline/entry.ts';
import type { Entry, Position } from '../timeline/entry.ts';
import { matchesWords } from './search-words.ts';
import { textNow } from './text-now.ts';

const BEGINNING: ChainEnd = { epoch: '', seq: 0, link: '' };

export class MemoryLog implements EngineLog, CopyStore {
  readonly #hash: Hash;
  /** What the first item follows. */
  #start: ChainEnd = BEGINNING;
  /** Rising. */
  #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  /** What refers to each with `to`, also redactions of what is forgotten. */
  readonly #relations = new Map<string, Map<string, Entry>>();
  readonly #doubts = new Map<string, Doubt>();

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

  find(id: string): Entry | null {
    return this.#byId.get(id) ?? null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    const from = this.#indexAfter(seq);
    return this.#entries.slice(from, from + limit);
  }

  before(seq: number, limit: number): readonly Entry[] {
    const end = this.#indexAfter(seq - 1);
    return this.#entries.slice(Math.max(end - limit, 0), end);
  }

  relationsTo(ids: readonly string[]): readonly Entry[] {
    const found = new Set(ids.flatMap((id) => [...(this.#relations.get(id)?.values() ?? [])]));
    return found.size < 2 ? [...found] : [...found].toSorted(byPlace);
  }

  doubts(ids: readonly string[]): ReadonlyMap<string, Doubt> {
    return new Map(
      ids.flatMap((id) => {
        const doubt = this.#doubts.get(id);
        return doubt === undefined ? [] : [[id, doubt] as const];
      }),
    );
  }

  /** The messages below `below` that say something that matches, newest first. */
  search(query: string, below: number, limit: number): readonly Entry[] {
    const matches = matchesWords(query);
    const found = this.#entries.toReversed().filter((entry) => {
      if (entry.seq >= below) return false;
      const changes = this.relationsTo([entry.id]).filter(({ id }) => !this.#doubts.has(id));
      const text = textNow(entry, changes);
      return text !== null && matches(text);
    });
    return found.slice(0, limit);
  }

  append(
    entries: readonly Entry[],
    gone: readonly string[],
    doubts: ReadonlyMap<string, Doubt> = new Map(),
  ): void {
    this.#entries.push(...entries);
    for (const entry of entries) this.#index(entry);
    this.#doubt(doubts);
    this.redact(gone);
  }

  prepend(
    after: ChainEnd,
    entries: readonly Entry[],
    gone: readonly string[],
    doubts: ReadonlyMap<string, Doubt>,
  ): void {
    this.#entries.unshift(...entries);
    for (const entry of entries) this.#index(entry);
    this.#start = after;
    this.#doubt(doubts);
    this.redact(gone);
  }

  truncate(last: number): void {
    for (const entry of this.#entries.splice(this.#indexAfter(last))) this.#drop(entry);
  }

  reset(after: ChainEnd): void {
    this.#start = after;
    this.#entries = [];
    this.#byId.clear();
    this.#relations.clear();
    this.#doubts.clear();
  }

  forgetTo(floor: number): void {
    const gone = this.#entries.splice(0, this.#indexAfter(floor));
    const last = gone.at(-1);
    if (last) this.#start = endOf(last);
    for (const entry of gone) {
      this.#byId.delete(entry.id);
      if (entry.kind !== redaction.name) this.#drop(entry);
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
    for (const id of ids) {
      const entry = this.#byId.get(id);
      if (!entry) continue;
      const gone = { ...entry, body: redacted(entry.body, this.#hash) };
      this.#entries[this.#indexAfter(entry.seq - 1)] = gone;
      this.#index(gone);
    }
  }

  #index(entry: Entry): void {
    this.#byId.set(entry.id, entry);
    const to = referred(entry, 'to');
    if (to === undefined) return;
    const relations = this.#relations.get(to) ?? new Map<string, Entry>();
    this.#relations.set(to, relations.set(entry.id, entry));
  }

  #drop(entry: Entry): void {
    this.#byId.delete(entry.id);
    this.#relations.get(referred(entry, 'to') ?? '')?.delete(entry.id);
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

  #doubt(doubts: ReadonlyMap<string, Doubt>): void {
    for (const [id, doubt] of doubts) this.#doubts.set(id, doubt);
  }
}

function endOf({ epoch, seq, link }: Entry): ChainEnd {
  return { epoch, seq, link };
}
