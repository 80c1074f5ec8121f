import { cpuPerMillion, runClosedLoop, thousandsPerSecond } from '../closed-loop.ts';
import { number, target, times } from '../findings.ts';
import type { HubName } from '../hubs.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { medianOf, medianRatio } from '../statistics.ts';

const HUBS: readonly HubName[] = ['lanyard', 'lanyard, no disk', 'lanyard, TLS'];
const FULL = { members: 1000, inFlight: [1, 32], warm: 0.3, measure: 0.5 };
const QUICK = { members: 1000, inFlight: [1, 32], warm: 0.1, measure: 0.2 };

export const variants: Scenario = {
  name: 'variants',
  title: 'What the disk and TLS cost: 1,000 members',
  async run(bench) {
    const options = bench.quick ? QUICK : FULL;
    const results = await inTurns(bench, HUBS, (hub) => runClosedLoop(hub, bench.tools, options));
    const plain = results.get('lanyard') ?? [];
    const tls = medianRatio(results.get('lanyard, TLS') ?? [], plain, cpuPerMillion(32));
    return {
      targets: [target('32 in flight: TLS costs ≤ 2× CPU', tls, { max: 2 }, '×')],
      tables: [
        {
          title: 'Over plain with the disk, which is the first row',
          head: ['hub', 'in flight', 'speed', 'CPU', 'thousand/s', 'CPU s/million'],
          rows: [...results].flatMap(([hub, rounds]) =>
            options.inFlight.map((window) => [
              hub,
              String(window),
              times(medianRatio(rounds, plain, thousandsPerSecond(window))),
              times(medianRatio(rounds, plain, cpuPerMillion(window))),
              number(medianOf(rounds, thousandsPerSecond(window))),
              number(medianOf(rounds, cpuPerMillion(window))),
            ]),
          ),
        },
      ],
      figures: Object.fromEntries(results),
    };
  },
};
