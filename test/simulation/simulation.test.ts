import { expect, test } from 'vitest';
import type { Entry } from '../../main/protocol/messages.ts';
import { checkInvariants } from './invariants.ts';
import { RoomWorld } from './room-world.ts';
import { runSchedule } from './schedule.ts';

const SEEDS = 500;
const SEEDS_A_TEST = 50;
/** Generous, in ms: 50 seeds take about one second. */
const timeout = 60_000;
/** How much of a failing schedule is printed. */
const LINES_SHOWN = 40;

/** Runs one seed; a failure names it and says what happened last. */
function simulate(seed: number): RoomWorld {
  const schedule: string[] = [];
  const world = new RoomWorld(seed);
  try {
    runSchedule(world, (line) => schedule.push(line));
    checkInvariants(world);
    return world;
  } catch (error) {
    const lines = schedule.slice(-LINES_SHOWN).join('\n');
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${seed} (rerun: LANYARD_SEED=${seed}): ${problem}\n${lines}`, {
      cause: error,
    });
  }
}

function logOf({ log }: RoomWorld): readonly Entry[] {
  return log.after(0, Infinity);
}

/** First and last seed of each test: all of them, or the one asked for. */
function seedRanges(): readonly (readonly [first: number, last: number])[] {
  const wanted = process.env['LANYARD_SEED'];
  if (wanted !== undefined) return [[Number(wanted), Number(wanted)]];
  return Array.from({ length: SEEDS / SEEDS_A_TEST }, (_, index) => [
    index * SEEDS_A_TEST + 1,
    (index + 1) * SEEDS_A_TEST,
  ]);
}

test.for(seedRanges())(
  'one room, twenty people, a bad network: seeds %i to %i',
  { timeout },
  ([first, last]) => {
    for (let seed = first; seed <= last; seed += 1) simulate(seed);
  },
);

test('the seeds bring about what the rules are for', { timeout }, () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 40; seed += 1) {
    for (const what of simulate(seed).reached) reached.add(what);
  }
  const closed = ['left', 'idle', 'too-slow', 'taken-over'];
  const refused = ['name-taken', 'name-empty', 'name-not-allowed', 'text-empty', 'text-too-long'];
  const caughtUp = ['resumed', 'said twice', 'several pages'];
  expect([...reached]).toEqual(expect.arrayContaining([...closed, ...refused, ...caughtUp]));
});

test('a simulation repeats itself from its seed', () => {
  const log = logOf(simulate(7));
  expect(log.length).toBeGreaterThan(200);
  expect(logOf(simulate(7))).toEqual(log);
  expect(logOf(simulate(8))).not.toEqual(log);
});
