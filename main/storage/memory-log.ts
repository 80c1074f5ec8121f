/** A conversation's log that lasts as long as the process: a hub's own, or a member's copy. */
import { redacted } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import type { EngineLog } from '../hub/engine/engine-store.ts';
import type { Doubt } from '../model/entry.ts';
import type { CopyStore } from '../replica/copy-store.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry, Position } from '../timeline/entry.ts';

const BEGINNING: ChainEnd = { epoch: '', seq: 0, link: '' };

export class MemoryLog implements EngineLog, CopyStore {
  readonly #hash: Hash;
  /** What the first item follows. */
  #start: ChainEnd = BEGINNING;
  #entries: Entry[] = [];
  /** Redactions of what is forgotten. */
  #redactions: Entry[] = [];
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
    return this.#entries.find((entry) => entry.id === id) ?? null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    const from = this.#entries.findIndex((entry) => entry.seq > seq);
    return from === -1 ? [] : this.#entries.slice(from, from + limit);
  }

  before(seq: number, limit: number): readonly Entry[] {
    const found = this.#entries.findIndex((entry) => entry.seq >= seq);
    const end = found === -1 ? this.#entries.length : found;
    return this.#entries.slice(Math.max(end - limit, 0), end);
  }

  relationsTo(ids: readonly string[]): readonly Entry[] {
    const wanted = new Set(ids);
    return [...this.#redactions, ...this.#entries].filter(({ references }) =>
      references.some(({ as, id }) => as === 'to' && wanted.has(id)),
    );
  }

  doubts(ids: readonly string[]): ReadonlyMap<string, Doubt> {
    return new Map(
      ids.flatMap((id) => {
        const doubt = this.#doubts.get(id);
        return doubt === undefined ? [] : [[id, doubt] as const];
      }),
    );
  }

  append(
    entries: readonly Entry[],
    gone: readonly string[],
    doubts: ReadonlyMap<string, Doubt> = new Map(),
  ): void {
    this.#entries.push(...entries);
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
    this.#start = after;
    this.#doubt(doubts);
    this.redact(gone);
  }

  truncate(last: number): void {
    this.#entries = this.#entries.filter(({ seq }) => seq <= last);
  }

  reset(after: ChainEnd): void {
    this.#start = after;
    this.#entries = [];
    this.#redactions = [];
    this.#doubts.clear();
  }

  forgetTo(floor: number): void {
    const gone = this.#entries.filter(({ seq }) => seq <= floor);
    const last = gone.at(-1);
    if (last) this.#start = endOf(last);
    this.#redactions.push(...gone.filter(({ kind }) => kind === redaction.name));
    this.#entries = this.#entries.filter(({ seq }) => seq > floor);
  }

  forgetOlder(at: number): boolean {
    const young = this.#entries.findIndex((entry) => entry.at >= at);
    const last = young === -1 ? this.#entries.at(-1) : this.#entries[young - 1];
    if (last) this.forgetTo(last.seq);
    return last !== undefined;
  }

  /** Takes their bodies from these (M4). */
  redact(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const gone = new Set(ids);
    this.#entries = this.#entries.map((entry) =>
      gone.has(entry.id) ? { ...entry, body: redacted(entry.body, this.#hash) } : entry,
    );
  }

  #doubt(doubts: ReadonlyMap<string, Doubt>): void {
    for (const [id, doubt] of doubts) this.#doubts.set(id, doubt);
  }
}

function endOf({ epoch, seq, link }: Entry): ChainEnd {
  return { epoch, seq, link };
}
