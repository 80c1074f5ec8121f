/** Lets a plan happen and checks that nothing was lost. */
import assert from 'node:assert/strict';
import type { OpenStorage } from './disk.ts';
import { checkAtRest } from './invariants.ts';
import { CHAOS_MS } from './plan.ts';
import type { Plan } from './plan.ts';
import { TALK } from './names.ts';
import { World } from './world.ts';

/** How long a healed network takes at most to pass on hundreds of lines, many pauses long. */
const HEALING_MS = 600_000;
/** How long those who went without a word stay at most: patience and a slow link. */
const GHOSTS_MS = 25_000;
/** How long it takes the host to be back in a room that was started again. */
const CALMING_MS = 10_000;
/** How long what was said last may be under way. */
const SETTLING_MS = 10_000;

/** Throws what does not hold. */
export function simulate(plan: Plan, openDisk?: (person: number) => OpenStorage): World {
  const world = new World(plan, openDisk);
  const { time, people, host } = world;
  for (const person of people) person.start();
  for (const step of plan.steps) time.at(step.at, () => world.carryOut(step));
  time.runUntil(CHAOS_MS);

  world.heal();
  time.runUntil(CHAOS_MS + CALMING_MS);
  world.calm();
  time.runUntil(CHAOS_MS + GHOSTS_MS);
  world.gather();
  time.runUntil(CHAOS_MS + HEALING_MS);
  host.stopClock();
  time.runUntil(CHAOS_MS + HEALING_MS + SETTLING_MS);
  checkAtRest(world, false);

  // Whatever was only in somebody's memory is gone now.
  host.crash(false);
  for (const person of people) person.crash(false);
  world.startHost();
  for (const person of people) person.start();
  time.runUntil(CHAOS_MS + 2 * HEALING_MS);
  checkAtRest(world, true);
  for (const person of people) {
    assert(person.copyOnDisk(TALK) ?? world.isBanned(person), 'a copy that is not kept');
  }
  return world;
}

/** What is wrong with a plan, or null. */
export function failureOf(plan: Plan): string | null {
  try {
    simulate(plan);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
