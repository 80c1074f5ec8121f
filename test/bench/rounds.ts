/** Hubs take turns, round after round, so that whatever else the machine does hits all of them. */
import type { Tools } from './build.ts';
import { isOurs, whyMissing } from './hubs.ts';
import type { HubName } from './hubs.ts';
import type { Rounds } from './statistics.ts';

/** What a scenario is given. */
export interface Bench {
  readonly tools: Tools;
  /** A look only: fewer rounds, little load; no target is to be judged by it. */
  readonly quick: boolean;
  readonly rounds: number;
  /** Tells the person how far it is. */
  readonly tell: (line: string) => void;
  /** Puts something in the report that no table says. */
  readonly note: (line: string) => void;
  /** The same, and the bench fails. */
  readonly fail: (line: string) => void;
}

/** Runs each job for each hub that can be had, in turns. What fails is noted and null. */
export async function inTurns<Result>(
  bench: Bench,
  hubs: readonly HubName[],
  job: (hub: HubName) => Promise<Result>,
  rounds = bench.rounds,
): Promise<ReadonlyMap<HubName, Rounds<Result>>> {
  const results = new Map<HubName, (Result | null)[]>();
  for (const hub of hubs) {
    const missing = whyMissing(hub, bench.tools);
    if (missing === null) results.set(hub, []);
    else bench.note(`${hub} ${missing}.`);
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const [hub, own] of results) {
      own.push(await attempt(bench, hub, `round ${round}`, () => job(hub)));
    }
  }
  return results;
}

/** Null when it fails, which is noted; the bench fails with it when the hub is ours. */
export async function attempt<Result>(
  bench: Bench,
  hub: HubName,
  what: string,
  job: () => Promise<Result>,
): Promise<Result | null> {
  const begun = performance.now();
  try {
    const result = await job();
    bench.tell(`  ${hub}, ${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const line = `${hub}, ${what} failed: ${why}`;
    bench.tell(`  ${line}`);
    if (isOurs(hub)) bench.fail(line);
    else bench.note(line);
    return null;
  }
}
