/**
 * `npm run bench [-- NAME…] [--full]`: measures all of it, or the scenarios named, in a few minutes
 * and with little load, and prints what it found. With `--full` it takes a quarter of an hour, and
 * what is measured takes the place of what test/bench/RESULTS.md and results.json said of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import type { Tools } from './build.ts';
import { describeMachine, openFilesAllowed } from './machine.ts';
import { killAll } from './processes.ts';
import { markdownOf, readResults, writeResults } from './report.ts';
import type { Kept } from './report.ts';
import type { Scenario } from './scenario.ts';
import { coldStart } from './scenarios/cold-start.ts';
import { joins } from './scenarios/joins.ts';
import { latency } from './scenarios/latency.ts';
import { memory } from './scenarios/memory.ts';
import { resume } from './scenarios/resume.ts';
import { schedule } from './scenarios/schedule.ts';
import { search } from './scenarios/search.ts';
import { sizeAndStart } from './scenarios/size-and-start.ts';
import { stoppedReader } from './scenarios/stopped-reader.ts';
import { throughput } from './scenarios/throughput.ts';
import { variants } from './scenarios/variants.ts';
import { windowMemory } from './scenarios/window-memory.ts';
import { windowPeople } from './scenarios/window-people.ts';
import { windowRooms } from './scenarios/window-rooms.ts';
import { windowTraffic } from './scenarios/window-traffic.ts';

const SCENARIOS: readonly Scenario[] = [
  throughput,
  variants,
  schedule,
  latency,
  joins,
  stoppedReader,
  resume,
  memory,
  coldStart,
  search,
  windowRooms,
  windowTraffic,
  windowPeople,
  windowMemory,
  sizeAndStart,
];

/** Rounds of a bench that counts, and of a look. */
const ROUNDS = 3;
const ROUNDS_OF_A_LOOK = 2;

/** The largest room, and what else a server has open. */
const FILES_NEEDED = 5_200;

const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const quick = !values.full;
const tell = (line: string) => process.stderr.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'lanyard-bench-'));
process.on('exit', () => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

try {
  await run();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  tell(error.message);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const chosen = SCENARIOS.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  const names = SCENARIOS.map(({ name }) => name);
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no '${unknown}'. There is ${names.join(', ')}.`);
  if (openFilesAllowed() < FILES_NEEDED) {
    tell(
      `Only ${openFilesAllowed()} open files are allowed: the largest rooms will fail. Raise it with ulimit -Hn.`,
    );
  }
  const tools = build(folder);
  const measured: Record<string, Kept> = {};
  for (const scenario of chosen) {
    const kept = await runScenario(scenario, tools);
    if (kept) measured[scenario.name] = kept;
  }
  process.stdout.write(await markdownOf(measured));
  if (quick) return;
  const all = { ...(await readResults()), ...measured };
  const inOrder = names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]));
  await writeResults(Object.fromEntries(inOrder));
}

/** Null when it could not be run at all. */
async function runScenario(scenario: Scenario, tools: Tools): Promise<Kept | null> {
  const { title } = scenario;
  tell(title);
  const notes = new Set<string>();
  const note = (line: string) => void notes.add(line);
  const fail = (line: string) => {
    notes.add(line);
    process.exitCode = 1;
  };
  const begun = performance.now();
  try {
    const bench = { tools, quick, rounds: quick ? ROUNDS_OF_A_LOOK : ROUNDS, tell, note, fail };
    const findings = await scenario.run(bench);
    const seconds = (performance.now() - begun) / 1000;
    tell(`  ${seconds.toFixed(0)} s`);
    const date = new Date().toISOString().slice(0, 10);
    return { ...findings, title, notes: [...notes], date, machine: describeMachine(), seconds };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    tell(`  ${error.message}`);
    process.exitCode = 1;
    return null;
  }
}
