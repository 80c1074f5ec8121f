/**
 * Weighs the acts of a room by what their authors had seen, and by nothing else: the same acts
 * make the same policy, in whatever order they came (X13, X14).
 */
import type { Act } from './act.ts';
import { keyOf, pastOf, saw } from './past.ts';
import type { Past } from './past.ts';
import { Policy } from './policy.ts';
import { isAllowed } from './rights.ts';

interface Weighed {
  readonly act: Act;
  readonly past: Past;
}

/** What follows from a set of acts. */
interface Fold {
  /** Those that their authors had a right to. */
  readonly sound: readonly number[];
  /** Those of them that count. */
  readonly counted: readonly number[];
  readonly policy: Policy;
}

export class PolicyLog {
  readonly #founder: string;
  /** In an order in which none stands before one its author had seen. */
  readonly #acts: Weighed[] = [];
  readonly #numbers = new Map<string, number>();
  /** Acts that no other one cites. */
  readonly #heads = new Set<string>();
  /** Acts that cite what is not here yet. */
  #waiting: readonly Act[] = [];
  readonly #folds = new Map<string, Fold>();
  #now: Fold;

  constructor(founder: string) {
    this.#founder = founder;
    this.#now = this.#nothing();
  }

  /** What holds now; it changes with the next act. */
  get policy(): Policy {
    return this.#now.policy;
  }

  /** What the next act is to name (X13). */
  get heads(): readonly string[] {
    return [...this.#heads];
  }

  /** Takes in an act, once what it cites is here; each once. */
  add(act: Act): void {
    if (this.#numbers.has(act.id)) return;
    if (!act.after.every((id) => this.#numbers.has(id))) {
      this.#waiting = [...this.#waiting, act];
      return;
    }
    this.#weigh(act);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const other of waiting) this.add(other);
  }

  /** True when the author of an act had the right to it, for all they had seen of what is here (X13). */
  isSound(act: Act): boolean {
    const past = this.#pastOf(act);
    const hadSeenAll = past.below === this.#acts.length && past.except.length === 0;
    return isAllowed(act, hadSeenAll ? this.policy : this.#foldOf(past).policy);
  }

  #pastOf({ after }: Act): Past {
    const cited = after.flatMap((id) => this.#numbers.get(id) ?? []);
    return pastOf(cited, (number) => this.#at(number).past);
  }

  #weigh(act: Act): void {
    const past = this.#pastOf(act);
    const number = this.#acts.push({ act, past }) - 1;
    this.#numbers.set(act.id, number);
    for (const id of act.after) this.#heads.delete(id);
    this.#heads.add(act.id);
    this.#now = this.#with(this.#now, number, past.below === number && past.except.length === 0);
  }

  /** A fold with one more act, whose author had seen all of the set or not. */
  #with({ sound, counted, policy }: Fold, number: number, hadSeenAll: boolean): Fold {
    const { act, past } = this.#at(number);
    if (!isAllowed(act, hadSeenAll ? policy : this.#foldOf(past).policy)) {
      return { sound, counted, policy };
    }
    const all = [...sound, number];
    if (!hadSeenAll) return this.#weighApart(all);
    policy.apply(act);
    return { sound: all, counted: [...counted, number], policy };
  }

  /** What follows from what one author had seen. */
  #foldOf(past: Past): Fold {
    const key = keyOf(past);
    const known = this.#folds.get(key);
    if (known) return known;
    let fold = this.#nothing();
    for (let number = 0; number < past.below; number += 1) {
      if (!saw(past, number)) continue;
      const { below, except } = this.#at(number).past;
      const hadSeenAll = past.except.length === 0 && below === number && except.length === 0;
      fold = this.#with(fold, number, hadSeenAll);
    }
    this.#folds.set(key, fold);
    return fold;
  }

  /** What tightens counts; what loosens, unless an act apart from it takes its author's right (X14). */
  #weighApart(sound: readonly number[]): Fold {
    const tight = sound.filter((number) => !this.#isLoosening(number));
    const counted = sound.filter(
      (number) => !this.#isLoosening(number) || this.#stands(number, tight),
    );
    return { sound, counted, policy: this.#apply(counted) };
  }

  #isLoosening(number: number): boolean {
    const { act, past } = this.#at(number);
    return this.#foldOf(past).policy.isLoosening(act);
  }

  #stands(number: number, tight: readonly number[]): boolean {
    const { act, past } = this.#at(number);
    if (act.person === this.#founder) return true;
    const apart = tight.filter((other) => {
      const { act: by, past: theirs } = this.#at(other);
      return by.deed.do === 'moderate' && !saw(past, other) && !saw(theirs, number);
    });
    if (apart.length === 0) return true;
    const { counted } = this.#foldOf(past);
    return isAllowed(act, this.#apply([...counted, ...apart].toSorted((a, b) => a - b)));
  }

  #apply(counted: readonly number[]): Policy {
    const policy = this.#begin();
    for (const number of counted) policy.apply(this.#at(number).act);
    return policy;
  }

  #nothing(): Fold {
    return { sound: [], counted: [], policy: this.#begin() };
  }

  #begin(): Policy {
    return new Policy(this.#founder, (act, other) => {
      const number = this.#numbers.get(act.id);
      const seen = this.#numbers.get(other.id);
      return number !== undefined && seen !== undefined && saw(this.#at(number).past, seen);
    });
  }

  #at(number: number): Weighed {
    const weighed = this.#acts[number];
    if (!weighed) throw new RangeError(`there is no act ${number}`);
    return weighed;
  }
}
