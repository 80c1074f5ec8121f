/**
 * A room of real processes in a bad network: people talk while cables are pulled and the host is
 * killed again and again. In the end every copy of the log must be the same.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Entry } from '../../main/timeline/entry.ts';
import type { Program } from '../e2e/program.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { inFolder, keptEntries, startChat, startHost, talkOf } from './lanyard.ts';
import type { Host } from './lanyard.ts';
import { openNetwork } from './network.ts';
import type { Computer } from './network.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly people: number;
  /** How many messages are said in all. */
  readonly messages: number;
  /** How long they talk, in ms. */
  readonly talkMs: number;
  /** The longest a cable stays out, in ms; longer than 18,000 and connections are given up. */
  readonly outageMs: number;
  readonly log: (line: string) => void;
}

export interface ChaosResult {
  readonly kills: number;
  readonly outages: number;
  /** The log as the host keeps it. */
  readonly entries: readonly Entry[];
  /** SHA-256 of the log as each device keeps it, the host first. */
  readonly hashes: readonly string[];
  /** What each of them said, in order. */
  readonly said: readonly (readonly string[])[];
}

interface Person {
  readonly computer: Computer;
  readonly dataDir: string;
  readonly program: Program;
  readonly said: string[];
}

/** Between two lines of one person, between two kills and between two outages, in ms. */
const KILL_EVERY_MS = [1_500, 4_000] as const;
const OUTAGE_EVERY_MS = [100, 600] as const;

/** Between two looks at what the copies hold, in ms. */
const LOOK_MS = 250;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { people, messages, log } = options;
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-chaos-'));
  const network = await openNetwork(people + 1);
  try {
    const [one, ...others] = network.computers;
    if (!one) throw new Error('there is no computer');
    const hostDir = join(folder, 'host');
    const start = () => startHost(one, { dataDir: hostDir });
    let host = await start();
    const here: Person[] = [];
    for (const [index, computer] of others.entries()) {
      const dataDir = join(folder, `person-${index + 1}`);
      const program = startChat(computer, host.address, `Person ${index + 1}`, dataDir);
      here.push({ computer, dataDir, program, said: [] });
    }
    await Promise.all(here.map(({ program }) => program.line(/You are in/)));
    log(`${people} people are in; ${messages} messages to come`);

    const talking = new AbortController();
    const killing = killAgainAndAgain(options, talking.signal, host, start);
    const pulling = pullCables(options, talking.signal, here);
    await talk(options, here);
    talking.abort();
    host = await killing.over;
    const outages = await pulling;
    log(`all is said; the host was killed ${killing.count()} times, ${outages} cables were pulled`);

    await drained(messages, hostDir, here, log);
    await Promise.all(here.map(({ program }) => program.end()));
    await host.program.stop();
    const copies = [hostDir, ...here.map(({ dataDir }) => dataDir)].map(keptEntries);
    return {
      kills: killing.count(),
      outages,
      entries: copies[0] ?? [],
      hashes: copies.map((copy) => createHash('sha256').update(JSON.stringify(copy)).digest('hex')),
      said: here.map(({ said }) => said),
    };
  } finally {
    await network.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everybody says their share, at moments of their own. */
async function talk({ seed, messages, talkMs }: ChaosOptions, people: readonly Person[]) {
  await Promise.all(
    people.map(async ({ program, said }, index) => {
      const random = new SeededRandom(seed + 1_000 + index);
      const count = Math.floor((messages + index) / people.length);
      const pauseMs = talkMs / count;
      for (let number = 1; number <= count; number += 1) {
        await delay(random.between(0, 2 * pauseMs));
        const text = `message ${number} of person ${index + 1}`;
        program.write(text);
        said.push(text);
      }
    }),
  );
}

function killAgainAndAgain(
  { seed }: ChaosOptions,
  signal: AbortSignal,
  first: Host,
  start: () => Promise<Host>,
) {
  const random = new SeededRandom(seed);
  let count = 0;
  const loop = async (): Promise<Host> => {
    let host = first;
    while (await pause(random.between(...KILL_EVERY_MS), signal)) {
      await host.program.kill();
      count += 1;
      await delay(random.between(0, 500));
      host = await start();
      if (host.id !== first.id || host.port !== first.port) throw new Error('another room');
    }
    return host;
  };
  return { over: loop(), count: () => count };
}

/** Resolves to how often a cable was out, once all are in again. */
async function pullCables(
  { seed, outageMs }: ChaosOptions,
  signal: AbortSignal,
  people: readonly Person[],
): Promise<number> {
  const random = new SeededRandom(seed + 1);
  const out = new Map<Computer, Promise<void>>();
  let count = 0;
  while (await pause(random.between(...OUTAGE_EVERY_MS), signal)) {
    const { computer } = random.pick(people);
    if (out.has(computer)) continue;
    count += 1;
    await computer.setCable('out');
    const ms = random.chance(0.2) ? outageMs : random.between(50, outageMs / 4);
    const back = delay(ms, undefined, { signal })
      .catch(() => undefined)
      .then(() => computer.setCable('in'))
      .then(() => void out.delete(computer));
    out.set(computer, back);
  }
  await Promise.all(out.values());
  return count;
}

/** Resolves once everybody holds everything. */
async function drained(
  messages: number,
  hostDir: string,
  people: readonly Person[],
  log: (line: string) => void,
): Promise<void> {
  const folders = [hostDir, ...people.map(({ dataDir }) => dataDir)];
  for (let looks = 0; ; looks += 1) {
    const lasts = folders.map((dataDir) => inFolder(dataDir, (room) => talkOf(room).end.seq));
    if (lasts.every((last) => last >= messages)) return;
    if (looks % 20 === 0) log(`held: ${lasts.join(' ')}`);
    await delay(LOOK_MS);
  }
}

/** Waits; false when it was cut short. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
