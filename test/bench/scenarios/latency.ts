import { target } from '../findings.ts';
import type { HubName } from '../hubs.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { p99, runScheduled, scheduledTable } from '../scheduled.ts';
import { medianRatio } from '../statistics.ts';

const HUBS: readonly HubName[] = ['lanyard', 'gorilla', 'floor', 'socket.io', 'naive ws'];
/** The p99 of two hundred texts: that of fewer is whatever else the machine did meanwhile. */
const FULL = { members: 500, rate: 20, warm: 2, measure: 10 };
const QUICK = { members: 500, rate: 20, warm: 0.2, measure: 1 };

export const latency: Scenario = {
  name: 'latency',
  title: 'An ordinary busy room: 20 texts a second to 500 members',
  async run(bench) {
    const options = bench.quick ? QUICK : FULL;
    const results = await inTurns(bench, HUBS, (hub) => runScheduled(hub, bench.tools, options));
    const over = (peer: HubName) =>
      medianRatio(results.get('lanyard') ?? [], results.get(peer) ?? [], p99);
    return {
      targets: [
        target('p99 ≤ 0.9× gorilla', over('gorilla'), { max: 0.9 }, '×'),
        target('p99 ≤ 1.8× floor', over('floor'), { max: 1.8 }, '×'),
      ],
      tables: [scheduledTable('From due to received', results)],
      figures: Object.fromEntries(results),
    };
  },
};
