/** The host's copy of a conversation of its own room: the hub's log, as far as the host was told of it. */
import type { CopyStore } from '../replica/copy-store.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { CheckedEntry, Position } from '../timeline/entry.ts';

/** The hub's log as another connection to the database, or the same thread, reads it. */
type HubLog = Omit<CopyStore, 'append' | 'prepend' | 'truncate' | 'reset' | 'forgetTo'> & {
  /** Keeps what is doubted of these. */
  mark(entries: readonly CheckedEntry[]): void;
};

export class OwnCopy implements CopyStore {
  readonly #log: HubLog;
  #end: ChainEnd;

  constructor(log: HubLog) {
    this.#log = log;
    this.#end = log.end;
  }

  get end(): ChainEnd {
    return this.#end;
  }

  get start(): ChainEnd {
    return this.#log.start;
  }

  ancestry(): readonly Position[] {
    const { epoch, seq } = this.#end;
    const all = this.#log.ancestry();
    const older = all.slice(all.findIndex((each) => each.epoch === epoch) + 1);
    return epoch === '' ? [] : [{ epoch, seq }, ...older];
  }

  find(id: string): CheckedEntry | null {
    const entry = this.#log.find(id);
    return entry && entry.seq <= this.#end.seq ? entry : null;
  }

  after(seq: number, limit: number): readonly CheckedEntry[] {
    return this.#log.after(seq, limit).filter((entry) => entry.seq <= this.#end.seq);
  }

  before(seq: number, limit: number): readonly CheckedEntry[] {
    return this.#log.before(Math.min(seq, this.#end.seq + 1), limit);
  }

  relationsTo(ids: readonly string[]): readonly CheckedEntry[] {
    return this.#log.relationsTo(ids).filter((entry) => entry.seq <= this.#end.seq);
  }

  /** The hub has written them already; what it does not judge is what its host makes of them. */
  append(entries: readonly CheckedEntry[]): void {
    const doubted = entries.filter(({ doubt }) => doubt !== undefined);
    if (doubted.length > 0) this.#log.mark(doubted);
    const last = entries.at(-1);
    if (last) this.#end = { epoch: last.epoch, seq: last.seq, link: last.link };
  }

  prepend(): void {
    // The log has them.
  }

  truncate(): void {
    this.#end = this.#log.end;
  }

  reset(after: ChainEnd): void {
    this.#end = after;
  }

  forgetTo(): void {
    // The hub has forgotten it already.
  }
}
