import { target } from '../findings.ts';
import type { HubName } from '../hubs.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { coreShare, p99, runScheduled, scheduledTable } from '../scheduled.ts';
import { medianOf, medianRatio } from '../statistics.ts';

const HUBS: readonly HubName[] = ['lanyard', 'gorilla', 'floor'];
const FULL = { members: 1000, rate: 400, warm: 1, measure: 3 };
const QUICK = { members: 1000, rate: 400, warm: 0.3, measure: 1 };

export const schedule: Scenario = {
  name: 'schedule',
  title: 'On schedule: 400 texts a second to 1,000 members',
  async run(bench) {
    const options = bench.quick ? QUICK : FULL;
    const results = await inTurns(bench, HUBS, (hub) => runScheduled(hub, bench.tools, options));
    const ours = results.get('lanyard') ?? [];
    const undelivered = ours.filter((result) => result?.complete !== true).length;
    return {
      targets: [
        target('Rounds in which not everything was delivered: 0', undelivered, { max: 0 }),
        target(
          'CPU ≤ 0.55× gorilla',
          medianRatio(ours, results.get('gorilla') ?? [], coreShare),
          { max: 0.55 },
          '×',
        ),
        target('p99 ≤ 40 ms', medianOf(ours, p99), { max: 40 }, ' ms'),
      ],
      tables: [scheduledTable('From due to received', results)],
      figures: Object.fromEntries(results),
    };
  },
};
