/** Seeds as tests: a failing one names itself and shows its plan, cut down. */
import { test } from 'vitest';
import { planFor, printPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import { failureOf } from './simulate-plan.ts';

const SEEDS_A_TEST = 100;
/** Generous, in ms: 100 seeds take a second or two. */
const TIMEOUT_MS = 120_000;

/** Declares tests for these seeds, a hundred in each. */
export function testSeeds(first: number, count: number): void {
  const ranges = Array.from({ length: count / SEEDS_A_TEST }, (_, index) => {
    const from = first + index * SEEDS_A_TEST;
    return [from, from + SEEDS_A_TEST - 1] as const;
  });
  test.for(ranges)(
    'nothing said is lost: seeds %i to %i',
    { timeout: TIMEOUT_MS },
    ([from, to]) => {
      for (let seed = from; seed <= to; seed += 1) expectToHold(planFor(seed));
    },
  );
}

function expectToHold(plan: Plan): void {
  const failure = failureOf(plan);
  if (failure === null) return;
  throw new Error(`seed ${plan.seed}: ${failure}\n${printPlan(shrink(plan, failureOf))}`);
}
