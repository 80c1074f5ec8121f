import * as v from 'valibot';
import { number, target } from '../findings.ts';
import { measure } from '../generator.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { medianOf } from '../statistics.ts';

const FULL = { members: 100, returning: 1000, behind: 5000, rate: 20, warm: 0.5 };
const QUICK = { members: 100, returning: 100, behind: 5000, rate: 20, warm: 0.2 };

const schema = v.object({
  /** Until everybody had everything. */
  seconds: v.number(),
  /** Of the talk that went on, from due to received, in ms. */
  p50: v.number(),
  p99: v.number(),
  max: v.number(),
  bytes: v.number(),
  /** CPU seconds. */
  serverCpu: v.number(),
});

export const resume: Scenario = {
  name: 'resume',
  title:
    '1,000 members come back at once, each 5,000 entries behind, while 20 texts a second go on',
  async run(bench) {
    const options = bench.quick ? QUICK : FULL;
    const load = { scenario: 'returning', options, entries: options.behind } as const;
    const run = () => measure('lanyard', bench.tools, load, schema);
    // Each takes long, and tells much: thousands of pages and hundreds of texts.
    const results = await inTurns(bench, ['lanyard'], run, 1);
    const rounds = results.get('lanyard') ?? [];
    const p99 = medianOf(rounds, (result) => result.p99);
    return {
      targets: [target('The talk’s p99 ≤ 50 ms', p99, { max: 50 }, ' ms')],
      tables: [
        {
          title: `${number(options.returning)} come back to ${options.members}`,
          head: ['s until all have all', 'p50 ms', 'p99 ms', 'worst ms', 'MB', 'server CPU s'],
          rows: [
            [
              number(medianOf(rounds, ({ seconds }) => seconds)),
              number(medianOf(rounds, ({ p50 }) => p50)),
              number(p99),
              number(medianOf(rounds, ({ max }) => max)),
              number(medianOf(rounds, ({ bytes }) => bytes / 1e6)),
              number(medianOf(rounds, ({ serverCpu }) => serverCpu)),
            ],
          ],
        },
      ],
      figures: Object.fromEntries(results),
    };
  },
};
