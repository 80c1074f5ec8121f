/**
 * What an author had seen: of acts numbered in an order in which none stands before one it had seen,
 * all below a number, but for some. Mostly that is all of them, so that this is small.
 */
export interface Past {
  readonly below: number;
  /** Rising. */
  readonly except: readonly number[];
}

/** True when the act with this number was seen. */
export function saw({ below, except }: Past, act: number): boolean {
  return act < below && !except.includes(act);
}

/** What is seen with these acts, each with its own past. */
export function pastOf(acts: readonly number[], past: (act: number) => Past): Past {
  const below = Math.max(0, ...acts.map((act) => act + 1));
  const pasts = acts.map(past);
  const except: number[] = [];
  // Only what the newest of them had not seen can be missing.
  for (let act = Math.max(0, Math.min(...candidates(pasts, below))); act < below; act += 1) {
    if (!acts.includes(act) && !pasts.some((each) => saw(each, act))) except.push(act);
  }
  return { below, except };
}

/** Where acts may be missing: from the first that one of them had not seen. */
function candidates(pasts: readonly Past[], below: number): readonly number[] {
  return [below, ...pasts.flatMap((past) => [past.except[0] ?? below, past.below])];
}

/** A past as a key. */
export function keyOf({ below, except }: Past): string {
  return `${below} ${except.join()}`;
}
