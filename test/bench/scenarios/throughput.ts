import { cpuPerMillion, runClosedLoop, thousandsPerSecond } from '../closed-loop.ts';
import type { ClosedLoop } from '../closed-loop.ts';
import { number, target, times } from '../findings.ts';
import type { Target } from '../findings.ts';
import type { HubName } from '../hubs.ts';
import { inTurns } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { medianOf, medianRatio } from '../statistics.ts';
import type { Rounds } from '../statistics.ts';

const HUBS: readonly HubName[] = ['lanyard', 'gorilla', 'floor', 'socket.io', 'naive ws'];
const PEERS = HUBS.slice(1);
const FULL = { members: [10, 100, 1000, 5000], inFlight: [1, 4, 32, 128], warm: 0.3, measure: 0.3 };
const QUICK = { members: [10, 100, 1000], inFlight: [1, 32], warm: 0.05, measure: 0.15 };

type Value = (inFlight: number) => (result: ClosedLoop) => number;

/** What was measured, by the number of members and the hub. */
class Measured {
  readonly #results = new Map<number, ReadonlyMap<HubName, Rounds<ClosedLoop>>>();

  add(members: number, results: ReadonlyMap<HubName, Rounds<ClosedLoop>>): void {
    this.#results.set(members, results);
  }

  rounds(members: number, hub: HubName): Rounds<ClosedLoop> {
    return this.#results.get(members)?.get(hub) ?? [];
  }

  ratio(peer: HubName, value: Value, members: number, inFlight: number): number {
    const ours = this.rounds(members, 'lanyard');
    return medianRatio(ours, this.rounds(members, peer), value(inFlight));
  }

  get figures(): unknown {
    return Object.fromEntries(
      [...this.#results].map(([members, byHub]) => [members, Object.fromEntries(byHub)]),
    );
  }
}

export const throughput: Scenario = {
  name: 'throughput',
  title: 'Throughput: 100-byte texts, so many in flight to so many members',
  async run(bench) {
    const { members: sizes, inFlight, warm, measure } = bench.quick ? QUICK : FULL;
    const measured = new Measured();
    for (const members of sizes) {
      bench.tell(`${members} members`);
      const options = { members, inFlight, warm, measure };
      const run = (hub: HubName) => runClosedLoop(hub, bench.tools, options);
      measured.add(members, await inTurns(bench, HUBS, run));
    }
    const cells = sizes.flatMap((members) => inFlight.map((window) => ({ members, window })));
    const table = (
      title: string,
      hubs: readonly HubName[],
      cell: (hub: HubName, members: number, window: number) => string,
    ) => ({
      title,
      head: ['members', 'in flight', ...hubs],
      rows: cells.map(({ members, window }) => [
        number(members),
        String(window),
        ...hubs.map((hub) => cell(hub, members, window)),
      ]),
    });
    return {
      targets: targetsOf(measured, cells),
      tables: [
        table('Lanyard’s deliveries a second over those of', PEERS, (peer, members, window) =>
          times(measured.ratio(peer, thousandsPerSecond, members, window)),
        ),
        table('Lanyard’s CPU for each delivery over that of', PEERS, (peer, members, window) =>
          times(measured.ratio(peer, cpuPerMillion, members, window)),
        ),
        table('Thousand deliveries a second', HUBS, (hub, members, window) =>
          number(medianOf(measured.rounds(members, hub), thousandsPerSecond(window))),
        ),
        table('CPU seconds of the server for a million deliveries', HUBS, (hub, members, window) =>
          number(medianOf(measured.rounds(members, hub), cpuPerMillion(window))),
        ),
      ],
      figures: measured.figures,
    };
  },
};

function targetsOf(
  measured: Measured,
  cells: readonly { readonly members: number; readonly window: number }[],
): readonly Target[] {
  const speed = (peer: HubName, members: number, inFlight: number, min: number) =>
    target(
      `${number(members)} members, ${inFlight} in flight: ≥ ${min}× ${peer}`,
      measured.ratio(peer, thousandsPerSecond, members, inFlight),
      { min },
      '×',
    );
  const cpu = (peer: HubName, members: number, inFlight: number, max: number) =>
    target(
      `${number(members)} members, ${inFlight} in flight: CPU ≤ ${max}× ${peer}`,
      measured.ratio(peer, cpuPerMillion, members, inFlight),
      { max },
      '×',
    );
  const overSocketIo = cells
    .map(({ members, window }) => measured.ratio('socket.io', thousandsPerSecond, members, window))
    .filter((ratio) => !Number.isNaN(ratio));
  const least = overSocketIo.length === 0 ? NaN : Math.min(...overSocketIo);
  return [
    speed('gorilla', 1000, 32, 3),
    speed('floor', 1000, 32, 0.6),
    speed('gorilla', 1000, 128, 4.5),
    speed('gorilla', 5000, 32, 3),
    speed('gorilla', 10, 32, 1.3),
    speed('gorilla', 100, 32, 1.3),
    target('Everywhere: ≥ 1.3× socket.io', least, { min: 1.3 }, '×'),
    cpu('gorilla', 1000, 32, 0.3),
    // With one at a time the floor is what is called raw: one send for each delivery.
    cpu('floor', 1000, 1, 1.6),
  ];
}
