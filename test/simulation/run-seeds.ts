/** Seeds as tests: a failing one names itself and shows its plan, cut down. */
import { test } from 'vitest';
import { planFor, printPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import { failureOf, simulate } from './simulate-plan.ts';
import type { World } from './world.ts';

const SEEDS_A_TEST = 100;
/** Generous, in ms: 100 seeds take some ten seconds. */
const TIMEOUT_MS = 240_000;

/** Declares tests for these seeds, a hundred in each; `held` is told of each that holds. */
export function testSeeds(
  first: number,
  count: number,
  held: (world: World) => void = () => undefined,
): void {
  const ranges = Array.from({ length: count / SEEDS_A_TEST }, (_, index) => {
    const from = first + index * SEEDS_A_TEST;
    return [from, from + SEEDS_A_TEST - 1] as const;
  });
  test.for(ranges)(
    'nothing said is lost: seeds %i to %i',
    { timeout: TIMEOUT_MS },
    ([from, to]) => {
      for (let seed = from; seed <= to; seed += 1) held(expectToHold(planFor(seed)));
    },
  );
}

function expectToHold(plan: Plan): World {
  try {
    return simulate(plan);
  } catch (error) {
    const cut = printPlan(shrink(plan, failureOf));
    throw new Error(`seed ${plan.seed} fails by\n${cut}`, { cause: error });
  }
}
