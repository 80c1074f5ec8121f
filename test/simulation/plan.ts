/** What is to happen in a simulation, as data: made from a seed, cut down when it fails. */
import type { Moderation } from '../../main/events/moderation.ts';
import { SeededRandom } from '../support/seeded-random.ts';

/** A process ends after so many more effects, and starts again after `ms`. */
export interface Crash {
  readonly effects: number;
  /** True when the machine is gone without a word, as by a power cut. */
  readonly silent: boolean;
  readonly ms: number;
}

/** Times and durations in ms of the simulation; `person` 0 hosts the room. */
export type Happening =
  | {
      readonly do:
        'come' | 'leave' | 'type' | 'scroll' | 'try-now' | 'retry' | 'cancel' | 'say-nothing';
      readonly person: number;
    }
  | { readonly do: 'say'; readonly person: number; readonly lines: number; readonly long: boolean }
  | { readonly do: 'rename'; readonly person: number; readonly name: string }
  /**
   * What is done to a message, or said of one: `on` is its place counted from the newest. `unknown` is
   * an event of a kind nobody knows.
   */
  | {
      readonly do: OnMessage;
      readonly person: number;
      readonly on: number;
    }
  /** Somebody tries to look after the room; `on` is a person, seconds (`slow`), or nothing. */
  | {
      readonly do: 'act';
      readonly person: number;
      readonly act: Moderation | 'lock' | 'unlock' | 'slow' | 'access' | 'topic';
      readonly on: number;
    }
  /** The link breaks: who sees it first, and whether what is under way is lost. */
  | {
      readonly do: 'cut';
      readonly person: number;
      readonly seenBy: 'member' | 'hub' | 'both';
      readonly loses: boolean;
    }
  /** Nothing gets through for so long; with null not again. */
  | {
      readonly do: 'stall';
      readonly person: number;
      readonly way: 'up' | 'down' | 'both';
      readonly ms: number | null;
    }
  | ({ readonly do: 'crash'; readonly person: number } & Crash)
  /** Counted in effects of the hub; takes the host's own session along. */
  | ({ readonly do: 'crash-hub' } & Crash)
  | { readonly do: 'clock'; readonly person: number; readonly by: number }
  | { readonly do: 'disk-full'; readonly person: number; readonly ms: number }
  /** What is older than the newest so many entries has become too old. */
  | { readonly do: 'forget'; readonly keep: number }
  | { readonly do: 'remember'; readonly days: 0 | null }
  | { readonly do: 'clear' }
  | { readonly do: 'idle'; readonly minutes: number | null };

export type Step = Happening & { readonly at: number };

export interface Plan {
  /** Decides about what the plan leaves open: delays, and who cannot be reached. */
  readonly seed: number;
  readonly people: number;
  /** True when the hub lets nobody say much at once. */
  readonly strict: boolean;
  readonly steps: readonly Step[];
}

/** How long people chat on a bad network. */
export const CHAOS_MS = 3 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Few and alike, so that people often want the same one. */
export const NAMES = ['Ann', 'ann', 'A nn', 'Ann 2', 'Bo', 'Zoë', 'Zoe\u0308', '李雷', '🦊 Fox'];

type Make = (random: SeededRandom, person: number) => Happening;

const integer = (random: SeededRandom, min: number, max: number) =>
  Math.floor(random.between(min, max));

/** What happens, and how often, if a plan has it at all. */
const KINDS: readonly (readonly [weight: number, make: Make])[] = [
  [30, (random, person) => ({ do: 'say', person, lines: 1, long: random.chance(0.1) })],
  [
    8,
    (random, person) => ({
      do: 'say',
      person,
      lines: integer(random, 5, 45),
      long: random.chance(0.2),
    }),
  ],
  [8, (_, person) => ({ do: 'come', person })],
  [3, (_, person) => ({ do: 'leave', person })],
  [3, (_, person) => ({ do: 'type', person })],
  [3, (_, person) => ({ do: 'scroll', person })],
  [3, (_, person) => ({ do: 'try-now', person })],
  [4, (_, person) => ({ do: 'retry', person })],
  [3, (_, person) => ({ do: 'cancel', person })],
  [2, (_, person) => ({ do: 'say-nothing', person })],
  [3, (random, person) => ({ do: 'rename', person, name: random.pick([...NAMES, '']) })],
  [
    10,
    (random, person) => ({
      do: 'cut',
      person,
      seenBy: random.pick(['member', 'hub', 'both'] as const),
      loses: random.chance(0.5),
    }),
  ],
  [
    8,
    (random, person) => ({
      do: 'stall',
      person,
      way: random.pick(['up', 'down', 'both'] as const),
      ms: random.chance(0.3) ? null : integer(random, 500, 40_000),
    }),
  ],
  [
    6,
    (random, person) => ({
      do: 'crash',
      person,
      effects: integer(random, 0, 12),
      silent: random.chance(0.3),
      ms: integer(random, 100, 30_000),
    }),
  ],
  [
    5,
    (random) => ({
      do: 'crash-hub',
      effects: integer(random, 0, 30),
      silent: random.chance(0.2),
      ms: integer(random, 100, 20_000),
    }),
  ],
  [3, (random, person) => ({ do: 'clock', person, by: random.pick([HOUR_MS, -HOUR_MS]) })],
  [4, (random, person) => ({ do: 'disk-full', person, ms: integer(random, 500, 20_000) })],
  [
    3,
    (random, person) => ({ do: 'disk-full', person: person % 2, ms: integer(random, 500, 9_000) }),
  ],
  [3, (random) => ({ do: 'forget', keep: random.pick([0, 1, 5, 50]) })],
  [2, (random) => ({ do: 'remember', days: random.pick([0, null]) })],
  [2, () => ({ do: 'clear' })],
  [2, (random) => ({ do: 'idle', minutes: random.pick([1, 1, null]) })],
  [16, (random, person) => onMessage(random, ['edit', 'edit', 'reply'], person)],
  [6, (random, person) => onMessage(random, ['redact'], person)],
  [16, (random, person) => onMessage(random, ['react', 'react', 'unreact'], person)],
  [3, (random, person) => onMessage(random, ['pin', 'unknown'], person)],
];

/** What is done to a message. */
type OnMessage = 'edit' | 'redact' | 'react' | 'unreact' | 'reply' | 'pin' | 'unknown';

function onMessage(random: SeededRandom, names: readonly OnMessage[], person: number): Happening {
  return { do: random.pick(names), person, on: integer(random, 0, 3) };
}

/** What happens in moderated rooms too: mostly by the host, now and then by whoever tries. */
type ActName = Extract<Happening, { do: 'act' }>['act'];

const ACTS: readonly (readonly [weight: number, make: Make])[] = [
  [6, (random, person) => actOf(random, ['mute', 'unmute', 'unmute'], person)],
  [6, (random, person) => actOf(random, ['ban', 'lift', 'lift'], person)],
  [4, (random, person) => actOf(random, ['appoint', 'dismiss', 'remove'], person)],
  [4, (random) => actOf(random, ['slow'], random.pick([0, 0, 1, 3, 20]))],
  [3, (random) => actOf(random, ['lock', 'unlock', 'access', 'topic'], integer(random, 0, 2))],
];

function actOf(random: SeededRandom, names: readonly ActName[], on: number): Happening {
  const person = random.chance(0.7) ? 0 : integer(random, 0, 3);
  return { do: 'act', person, act: random.pick(names), on };
}

/** How much happens: mostly little, for what takes much to go wrong is rare, and costs as much. */
function countOf(random: SeededRandom): number {
  if (random.chance(0.05)) return integer(random, 120, 260);
  return random.chance(0.3) ? integer(random, 50, 120) : integer(random, 12, 50);
}

/** Every plan has only some of the kinds, so that rare ones meet undisturbed too. */
export function planFor(seed: number): Plan {
  const random = new SeededRandom(seed);
  const people = integer(random, 2, 7);
  const [talk, paste, ...others] = KINDS;
  const acts = random.chance(0.5) ? ACTS : [];
  const some = [...others, ...acts].filter(() => random.chance(0.55));
  const kinds = [talk, paste, ...some].filter((kind) => kind !== undefined);
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  const count = countOf(random);
  const steps = Array.from({ length: count }, (): Step => {
    const at = integer(random, 1_000, CHAOS_MS);
    let left = random.next() * total;
    const kind = kinds.find(([weight]) => (left -= weight) < 0);
    const [, make] = kind ?? KINDS[0] ?? [];
    if (!make) throw new RangeError('there is nothing to happen');
    return { at, ...make(random, integer(random, 0, people)) };
  });
  return {
    seed,
    people,
    strict: random.chance(0.4),
    steps: steps.toSorted((a, b) => a.at - b.at),
  };
}

/** A plan as it can be pinned. */
export function printPlan({ steps, ...rest }: Plan): string {
  const lines = steps.map((step) => `    ${JSON.stringify(step)},`);
  return [`{ ...${JSON.stringify(rest)}, steps: [`, ...lines, '] }'].join('\n');
}
