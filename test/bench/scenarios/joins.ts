import * as v from 'valibot';
import { number, target } from '../findings.ts';
import { measure } from '../generator.ts';
import type { HubName } from '../hubs.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { medianOf, medianRatio } from '../statistics.ts';
import type { Rounds } from '../statistics.ts';

const HUBS: readonly HubName[] = ['lanyard', 'gorilla', 'socket.io', 'naive ws'];

const schema = v.object({
  /** Until every member knew of everybody. */
  ms: v.number(),
  /** Messages that members got in all. */
  frames: v.number(),
  bytes: v.number(),
  /** CPU seconds. */
  serverCpu: v.number(),
  generatorCpu: v.number(),
});
type Joins = v.InferOutput<typeof schema>;

const ms = (joins: Joins) => joins.ms;
const frames = (joins: Joins) => joins.frames;

export const joins: Scenario = {
  name: 'joins',
  title: 'Everybody joins at once, and everybody’s list of people is right',
  async run(bench) {
    const run = (members: number) => (hub: HubName) =>
      measure(hub, bench.tools, { scenario: 'joins', options: { members }, notices: true }, schema);
    const thousand = await inTurns(bench, HUBS, run(1000));
    // The others send everybody's coming to everybody: 25 million messages.
    const school = await inTurns(bench, bench.quick ? [] : ['lanyard'], run(5000));
    const ours = thousand.get('lanyard') ?? [];
    const oursAtSchool = school.get('lanyard') ?? [];
    const row = (members: number, hub: HubName, rounds: Rounds<Joins>) => [
      number(members),
      hub,
      members === 1000 ? number(medianRatio(ours, rounds, ms)) : '',
      number(medianOf(rounds, ms)),
      number(medianOf(rounds, frames)),
      number(medianOf(rounds, ({ bytes }) => bytes / 1e6)),
      number(medianOf(rounds, ({ serverCpu }) => serverCpu)),
    ];
    return {
      targets: [
        target('1,000 joins ≤ 500 ms', medianOf(ours, ms), { max: 500 }, ' ms'),
        target('1,000 joins: ≤ 30,000 frames in all', medianOf(ours, frames), { max: 30_000 }),
        target('5,000 joins ≤ 3,000 ms', medianOf(oursAtSchool, ms), { max: 3000 }, ' ms'),
      ],
      tables: [
        {
          title: 'From the first connection to the last list that is right',
          head: ['members', 'hub', 'ms, ours over it', 'ms', 'frames', 'MB', 'server CPU s'],
          rows: [
            ...[...thousand].map(([hub, rounds]) => row(1000, hub, rounds)),
            ...[...school].map(([hub, rounds]) => row(5000, hub, rounds)),
          ],
        },
      ],
      figures: { 1000: Object.fromEntries(thousand), 5000: Object.fromEntries(school) },
    };
  },
};
