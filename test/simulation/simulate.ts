/**
 * Runs many seeds: `node test/simulation/simulate.ts --seeds 200000 [--from 1]`. What fails is cut
 * down to a short plan, which can be pinned in `pinned-plans.ts`.
 */
import { parseArgs } from 'node:util';
import { planFor, printPlan } from './plan.ts';
import { shrink } from './shrink.ts';
import { failureOf } from './simulate-plan.ts';

const FAILURES_SHOWN = 3;
const PROGRESS_EVERY_MS = 10_000;

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10000' }, from: { type: 'string', default: '1' } },
});
const from = Number(values.from);
const seeds = Number(values.seeds);
const started = performance.now();
let told = started;
let failures = 0;

for (let seed = from; seed < from + seeds && failures < FAILURES_SHOWN; seed += 1) {
  const plan = planFor(seed);
  const failure = failureOf(plan);
  if (failure !== null) {
    failures += 1;
    const small = shrink(plan, failureOf);
    say(`seed ${seed} fails: ${failure}`);
    say(`cut down to ${small.steps.length} of ${plan.steps.length} steps: ${failureOf(small)}`);
    say(printPlan(small));
  }
  if (performance.now() - told < PROGRESS_EVERY_MS) continue;
  told = performance.now();
  say(`${seed - from + 1} of ${seeds} seeds in ${seconds()} s`);
}
say(failures === 0 ? `${seeds} seeds hold (${seconds()} s)` : `${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;

function seconds(): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
