import type { Plan, Step } from './plan.ts';

/** Other chances are tried for a shorter plan, as fewer steps change what chance makes of the rest. */
const CHANCES = 6;

/**
 * The shortest plan found that fails in the same way: steps are left out and made smaller as long
 * as that does not help it, large parts first.
 */
export function shrink(plan: Plan, failureOf: (plan: Plan) => string | null): Plan {
  const wanted = kindOf(failureOf(plan));
  const failing = (steps: readonly Step[]): Plan | null => {
    for (let chance = 0; chance < CHANCES; chance += 1) {
      const candidate = { ...smallest, steps, seed: smallest.seed + chance };
      if (kindOf(failureOf(candidate)) === wanted) return candidate;
    }
    return null;
  };
  let smallest = plan;
  for (let size = plan.steps.length; size >= 1;) {
    let removed = false;
    for (let from = 0; from < smallest.steps.length;) {
      const shorter = failing(smallest.steps.toSpliced(from, size));
      if (shorter) {
        smallest = shorter;
        removed = true;
      } else {
        from += size;
      }
    }
    if (!removed) size = Math.floor(size / 2);
  }
  return smallest;
}

/** A failure without the numbers and names in it. */
function kindOf(failure: string | null): string | null {
  return failure?.split('\n')[0]?.replaceAll(/[\d-]+/g, '#') ?? null;
}
