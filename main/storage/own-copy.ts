/** The host's copy of a conversation of its own room: the hub's log, as far as the host was told of it. */
import type { CopyStore } from '../replica/copy-store.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry, Position } from '../timeline/entry.ts';

/** The hub's log as another connection to the database, or the same thread, reads it. */
type ReadLog = Omit<CopyStore, 'append' | 'prepend' | 'truncate' | 'reset' | 'forgetTo'>;

export class OwnCopy implements CopyStore {
  readonly #log: ReadLog;
  #end: ChainEnd;

  constructor(log: ReadLog) {
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

  find(id: string): Entry | null {
    const entry = this.#log.find(id);
    return entry && entry.seq <= this.#end.seq ? entry : null;
  }

  after(seq: number, limit: number): readonly Entry[] {
    return this.#log.after(seq, limit).filter((entry) => entry.seq <= this.#end.seq);
  }

  before(seq: number, limit: number): readonly Entry[] {
    return this.#log.before(Math.min(seq, this.#end.seq + 1), limit);
  }

  relationsTo(ids: readonly string[]): readonly Entry[] {
    return this.#log.relationsTo(ids).filter((entry) => entry.seq <= this.#end.seq);
  }

  doubts(ids: readonly string[]): ReturnType<CopyStore['doubts']> {
    return this.#log.doubts(ids);
  }

  /** The hub has written them already. */
  append(entries: readonly Entry[]): void {
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
