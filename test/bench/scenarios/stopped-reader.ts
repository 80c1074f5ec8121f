import * as v from 'valibot';
import { number, target } from '../findings.ts';
import { measure } from '../generator.ts';
import { attempt } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { median, medianOf, medianRatio } from '../statistics.ts';

const LOAD = { members: 100, body: 3500, rate: 200, warm: 2 };
/** How long it is waited for that it is let go, which is longer than the target. */
const SECONDS = 10;
/** What that mostly takes. */
const SECONDS_WITHOUT = 6;

const schema = v.object({
  /** Of the others, from due to received, in ms. */
  p50: v.number(),
  p99: v.number(),
  /** From when it stopped to when the others were told, in ms. */
  cutMs: v.number(),
  /** Bytes. */
  memoryGrowth: v.number(),
  /** From when it came back to when it had everything, in ms. */
  backMs: v.number(),
  missed: v.number(),
});
type Stopped = v.InferOutput<typeof schema>;

const megabytes = ({ memoryGrowth }: Stopped) => memoryGrowth / 1e6;

export const stoppedReader: Scenario = {
  name: 'stopped-reader',
  title: 'One of 100 members stops reading: 200 texts of 3.5 KB a second',
  async run(bench) {
    const run = (returning: 0 | 1) => {
      const seconds = returning === 1 ? SECONDS : SECONDS_WITHOUT;
      const options = { ...LOAD, returning, measure: seconds, drain: 10 };
      const load = { scenario: 'stopped-reader', options } as const;
      const what = returning === 1 ? 'one stops' : 'all read';
      return attempt(bench, 'lanyard', what, () => measure('lanyard', bench.tools, load, schema));
    };
    const stopped: (Stopped | null)[] = [];
    const control: (Stopped | null)[] = [];
    for (let round = 0; round < bench.rounds; round += 1) {
      stopped.push(await run(1));
      control.push(await run(0));
    }
    const failed = stopped.filter((result) => result === null).length;
    const growth = median(
      stopped.flatMap((result, round) => {
        const beside = control[round] ?? null;
        return result === null || beside === null ? [] : [megabytes(result) - megabytes(beside)];
      }),
    );
    const ratio = medianRatio(stopped, control, ({ p99 }) => p99);
    return {
      targets: [
        target('Memory grows by ≤ 6 MB more than without it', growth, { max: 6 }, ' MB'),
        target(
          'It is let go within 8 s',
          medianOf(stopped, ({ cutMs }) => cutMs / 1000),
          { max: 8 },
          ' s',
        ),
        target('The others’ p99 ≤ 1.2× of without it', ratio, { max: 1.2 }, '×'),
        target('Rounds in which it did not catch up: 0', failed, { max: 0 }),
      ],
      tables: [
        {
          title: 'With it and without it',
          head: ['', 'p50 ms', 'p99 ms', 'let go after s', 'memory MB', 'back after ms', 'missed'],
          rows: [
            ['one stops', ...figuresOf(stopped)],
            ['all read', ...figuresOf(control)],
          ],
        },
      ],
      figures: { stopped, control },
    };
  },
};

function figuresOf(rounds: readonly (Stopped | null)[]): readonly string[] {
  return [
    number(medianOf(rounds, ({ p50 }) => p50)),
    number(medianOf(rounds, ({ p99 }) => p99)),
    number(medianOf(rounds, ({ cutMs }) => cutMs / 1000)),
    number(medianOf(rounds, megabytes)),
    number(medianOf(rounds, ({ backMs }) => backMs)),
    number(medianOf(rounds, ({ missed }) => missed)),
  ];
}
