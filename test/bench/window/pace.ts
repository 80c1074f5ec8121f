/** A page's pace as rows of a table. */
import { number, target } from '../findings.ts';
import type { Target } from '../findings.ts';
import { medianOf } from '../statistics.ts';
import type { Rounds } from '../statistics.ts';
import type { Input, Pace } from './trace.ts';

/** A frame that takes longer is seen as a stutter, in ms. */
const LONG_MS = 50;

export const PACE_HEAD = [
  '',
  'painted p50 ms',
  'p99',
  'on screen p50 ms',
  'p99',
  'longest task ms',
  'CPU ms of one',
  'tasks over 50 ms',
  'frames a second',
  'dropped %',
  'thread busy %',
];

/** The value that 99 of 100 are not above; NaN of nothing. */
function p99(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? NaN;
}

function p50(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const paintedP99 = ({ inputs }: Pace) => p99(inputs.map(({ painted }) => painted));
const longestTask = ({ tasks }: Pace) => tasks[0] ?? NaN;

/** When what came of them was on the screen, of those of which something came. */
export function shownOf(inputs: readonly Input[]): readonly number[] {
  return inputs.map(({ shown }) => shown).filter((ms) => !Number.isNaN(ms));
}

/** Medians of the rounds. */
export function paceRow(what: string, rounds: Rounds<Pace>): readonly string[] {
  const figure = (value: (pace: Pace) => number) => number(medianOf(rounds, value));
  return [
    what,
    figure(({ inputs }) => p50(inputs.map(({ painted }) => painted))),
    figure(paintedP99),
    figure(({ inputs }) => p50(shownOf(inputs))),
    figure(({ inputs }) => p99(shownOf(inputs))),
    figure(longestTask),
    figure(({ cpu }) => cpu[0] ?? NaN),
    figure(({ tasks }) => tasks.filter((ms) => ms > LONG_MS).length),
    figure(({ frames, span }) => (frames.shown / span) * 1000),
    figure(({ frames }) => (frames.dropped / (frames.shown + frames.dropped)) * 100),
    figure(({ cpu, span }) => (cpu.reduce((all, ms) => all + ms, 0) / span) * 100),
  ];
}

/** What is asked of typing while something goes on. */
export function typingTargets(typing: Rounds<Pace>): readonly Target[] {
  const painted = medianOf(typing, paintedP99);
  return [
    target('Typing: p99 from key to paint ≤ 32 ms', painted, { max: 32 }, ' ms'),
    smoothTarget('Typing', typing),
  ];
}

/** That no task of the page is seen as a stutter. */
export function smoothTarget(what: string, rounds: Rounds<Pace>): Target {
  const longest = medianOf(rounds, longestTask);
  return target(`${what}: no task over ${LONG_MS} ms`, longest, { max: LONG_MS }, ' ms');
}

/** What is kept for programs: all but the single tasks. */
export function paceFigures(rounds: Rounds<Pace>): unknown {
  return rounds.map(
    (pace) => pace && { ...pace, tasks: pace.tasks.slice(0, 10), cpu: pace.cpu.slice(0, 10) },
  );
}
