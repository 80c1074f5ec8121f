/** What people and the network do in a simulation: chance decides, the seed repeats it. */
import { TEXT_MAX } from '../../main/protocol/limits.ts';
import type { Link } from './link.ts';
import type { Person } from './person.ts';
import { NAMES } from './room-world.ts';
import type { RoomWorld } from './room-world.ts';

/** How long people chat on a bad network. */
const CHAOS_MS = 6 * 60_000;
/** How long a healed network takes at most: patience, the longest backoff, slow links. */
const HEALING_MS = 120_000;
/** How long what was said last may be under way. */
const SETTLING_MS = 10_000;
/** How long people wait between two things they do; some hardly do anything and become away. */
const PACES_MS = [5_000, 15_000, 40_000, 200_000];
const LONG_TEXT = 'long '.repeat(700);
const TOO_LONG_TEXT = 'x'.repeat(TEXT_MAX + 1);

/** Runs a whole simulation; `note` hears what happens, for a failing one to be understood. */
export function runSchedule(world: RoomWorld, note: (line: string) => void): void {
  const tell = (line: string) =>
    note(`${(world.time.now / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const [host, ...guests] = world.people;
  host?.input({ type: 'start', now: 0 });
  world.time.runUntil(1_000);
  for (const person of world.people) live(world, person, tell);
  for (const guest of guests) trouble(world, guest, tell);
  world.time.after(world.random.between(0, CHAOS_MS), () => {
    tell('the host removes people idle for 2 minutes');
    world.setIdleMinutes(2);
  });
  world.time.runUntil(CHAOS_MS);

  tell('the network heals');
  world.unreachable = 0;
  world.setIdleMinutes(null);
  for (const link of world.openLinks()) link.thaw();
  for (const guest of guests) guest.link?.thaw();
  world.time.runUntil(CHAOS_MS + HEALING_MS);
  world.stopClock();
  world.time.runUntil(CHAOS_MS + HEALING_MS + SETTLING_MS);
}

/** Does one thing after the other until the end of the chaos. */
function live(world: RoomWorld, person: Person, tell: (line: string) => void): void {
  const { random, time } = world;
  const pace = random.pick(PACES_MS);
  const next = () => {
    if (time.now >= CHAOS_MS) return;
    tell(`p${person.number} ${act(world, person)}`);
    time.after(random.between(0, 2 * pace), next);
  };
  time.after(random.between(0, 10_000), next);
}

/** One thing a person does; says what. */
function act(world: RoomWorld, person: Person): string {
  const { random, time } = world;
  const { now } = time;
  if (person.hasEnded) {
    person.input({ type: 'start', now });
    return 'comes in';
  }
  const refused = person.pending.find((message) => message.refused !== null);
  const dice = random.next();
  if (refused && dice < 0.3) {
    if (random.chance(0.5)) person.retry(refused.id);
    else person.cancel(refused.id);
    return 'retries or drops a refused message';
  }
  if (dice < 0.6) {
    person.say(`message ${person.typed.length}`);
    return `says ${person.typed.at(-1)}`;
  }
  if (dice < 0.64) {
    const count = Math.floor(random.between(10, 40));
    for (let i = 0; i < count; i += 1) person.say(i % 2 === 0 ? LONG_TEXT : `line ${i}`);
    return `pastes ${count} lines up to ${person.typed.at(-1)}`;
  }
  if (dice < 0.67) {
    person.say(random.pick([' \n ', TOO_LONG_TEXT]));
    return `says ${person.typed.at(-1)}, which is refused`;
  }
  if (dice < 0.77) {
    const name = random.pick([...NAMES, '\u200b', '']);
    person.input({ type: 'ask', now, request: { type: 'rename', id: `rename-${now}`, name } });
    return `wants to be “${name}”`;
  }
  if (dice < 0.84) {
    person.input({ type: 'typing', now, on: random.chance(0.7) });
    return 'types';
  }
  if (dice < 0.88) {
    person.input({ type: 'ask', now, request: { type: 'who', id: `who-${now}` } });
    return 'asks who is here';
  }
  if (dice < 0.92) {
    person.input({ type: 'retry-now', now });
    return 'wants to try now';
  }
  const unsent = person.pending.findLast((message) => message.refused === null);
  if (dice < 0.94 && unsent) {
    person.cancel(unsent.id);
    return `takes back ${unsent.id}`;
  }
  if (person.number === 0) return 'does nothing';
  person.input({ type: 'leave', now });
  return 'leaves';
}

/** Something happens to a person's connection, again and again. */
function trouble(world: RoomWorld, person: Person, tell: (line: string) => void): void {
  const { random, time } = world;
  const next = () => {
    if (time.now >= CHAOS_MS) return;
    if (person.link?.isOpen === true)
      tell(`p${person.number}’s link ${disturb(world, person.link)}`);
    time.after(random.between(0, 80_000), next);
  };
  time.after(random.between(0, 80_000), next);
}

function disturb({ random, time }: RoomWorld, link: Link): string {
  const dice = random.next();
  if (dice < 0.5) {
    const first = random.pick(['member', 'hub', 'both'] as const);
    const loses = random.chance(0.5);
    link.reset(first, loses);
    return `is reset, seen by ${first} first${loses ? ', losing what was under way' : ''}`;
  }
  const direction = random.pick(['up', 'down', 'both'] as const);
  link.freeze(direction);
  if (dice < 0.75) return `is dead (${direction})`;
  time.after(random.between(500, 40_000), () => link.thaw());
  return `stalls (${direction})`;
}
