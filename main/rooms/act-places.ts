/** Which acts had been done when something was said, and which of them are told (L7). */
import { clear } from '../events/clear.ts';
import { bodyOf } from '../events/kind.ts';
import { passphrase } from '../events/passphrase.ts';
import { settings } from '../events/settings.ts';
import type { MemberId } from '../model/member.ts';
import type { Copy } from '../replica/copy.ts';
import { BEGINNING } from '../timeline/chain.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { CheckedEntry } from '../timeline/entry.ts';

export class ActPlaces {
  readonly #acts: Copy;
  readonly #founder: MemberId;
  /** The seq of the act with each link. */
  readonly #seqs = new Map<string, number>();
  #start = BEGINNING;
  #end = BEGINNING;
  #hidden = 0;

  constructor(acts: Copy, founder: MemberId) {
    this.#acts = acts;
    this.#founder = founder;
  }

  /** The seq of the last act, as of the last `follow`. */
  get last(): number {
    return this.#end.seq;
  }

  /** Up to this seq no act is told: what made the room, and what was cleared away with its log (L6). */
  get hidden(): number {
    return this.#hidden;
  }

  /** Takes in what has come; before anything is asked. */
  follow(): void {
    const { start, end } = this.#acts;
    if (isSame(start, this.#start) && isSame(end, this.#end)) return;
    if (!isSame(start, this.#start) || !this.#has(this.#end)) {
      this.#seqs.clear();
      this.#hidden = 0;
      this.#end = start;
    }
    if (this.#end.seq === 0) this.#hidden = founding(this.#acts.after(0, 2));
    for (const act of this.#acts.after(this.#end.seq, Number.MAX_SAFE_INTEGER)) {
      this.#seqs.set(act.link, act.seq);
      if (this.clears(act)) this.#hidden = act.seq;
    }
    this.#start = start;
    this.#end = end;
  }

  /** True for an act that takes away all that was told before it. */
  clears({ kind, person, doubt }: CheckedEntry): boolean {
    return kind === clear.name && person === this.#founder && doubt === undefined;
  }

  /**
   * The seq of the last act that was done when an item was said, as far as acts are here. One that has
   * yet to come follows them all; one from before the first here precedes them.
   */
  under({ policy }: CheckedEntry): number {
    const isBefore = policy === '' || this.#start.seq > 0;
    return this.#seqs.get(policy) ?? (isBefore ? 0 : this.#end.seq);
  }

  /** The acts after one seq, up to and with another. */
  between(after: number, until: number): readonly CheckedEntry[] {
    if (until <= after) return [];
    return this.#acts.after(after, until - after).filter(({ seq }) => seq <= until);
  }

  #has(end: ChainEnd): boolean {
    const [last] = this.#acts.before(end.seq + 1, 1);
    return isSame(last ?? this.#acts.start, end);
  }
}

function isSame(a: ChainEnd, b: ChainEnd): boolean {
  return a.seq === b.seq && a.link === b.link;
}

/** The seq up to which a room's first acts have made it. */
function founding([first, second]: readonly CheckedEntry[]): number {
  const made = first ? bodyOf(settings, first) : null;
  if (!first || made?.name === undefined) return 0;
  const isGuarded =
    made.access === undefined && second?.kind === passphrase.name && second.epoch === first.epoch;
  return isGuarded ? second.seq : first.seq;
}
