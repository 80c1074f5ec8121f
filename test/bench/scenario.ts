import type { Findings } from './findings.ts';
import type { Bench } from './rounds.ts';

/** One thing that is measured: `npm run bench -- NAME`. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<Omit<Findings, 'notes'>>;
}
