import * as v from 'valibot';
import { number, target } from '../findings.ts';
import { measure } from '../generator.ts';
import type { HubName } from '../hubs.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { medianOf } from '../statistics.ts';
import type { Rounds } from '../statistics.ts';

const HUBS: readonly HubName[] = ['lanyard', 'lanyard, TLS', 'gorilla', 'socket.io', 'naive ws'];

/** How long what joining left behind has to be collected, in s: V8 does so when nothing happens. */
const SETTLE = 10;

const schema = v.object({
  /** Bytes: before anybody came, when all were in, and the least after that. */
  before: v.number(),
  joined: v.number(),
  least: v.number(),
  bytesPerMember: v.number(),
});
type Held = v.InferOutput<typeof schema>;

export const memory: Scenario = {
  name: 'memory',
  title: 'Memory of a connection that is silent',
  async run(bench) {
    const members = bench.quick ? 1000 : 5000;
    const load = {
      scenario: 'hold',
      options: { members, measure: bench.quick ? 1 : SETTLE },
    } as const;
    const run = (hub: HubName) => measure(hub, bench.tools, load, schema);
    // It hardly varies, and takes long.
    const results = await inTurns(bench, HUBS, run, 1);
    const kilobytes = (hub: HubName) =>
      medianOf<Held>(results.get(hub) ?? [], ({ bytesPerMember }) => bytesPerMember / 1000);
    return {
      targets: [
        target('Plain ≤ 14 KB', kilobytes('lanyard'), { max: 14 }, ' KB'),
        target('TLS ≤ 50 KB', kilobytes('lanyard, TLS'), { max: 50 }, ' KB'),
      ],
      tables: [
        {
          title: `${number(members)} members, ${load.options.measure} s after the last one came`,
          head: ['hub', 'KB for each', 'MB before', 'MB when all were in', 'MB after'],
          rows: [...results].map(([hub, rounds]) => [
            hub,
            number(kilobytes(hub)),
            ...megabytesOf(rounds),
          ]),
        },
      ],
      figures: Object.fromEntries(results),
    };
  },
};

function megabytesOf(rounds: Rounds<Held>): readonly string[] {
  return [
    number(medianOf(rounds, ({ before }) => before / 1e6)),
    number(medianOf(rounds, ({ joined }) => joined / 1e6)),
    number(medianOf(rounds, ({ least }) => least / 1e6)),
  ];
}
