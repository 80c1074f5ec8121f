/** Texts at their times, however the hub fares; what comes late counts from when it was due. */
import * as v from 'valibot';
import type { Tools } from './build.ts';
import { measure } from './generator.ts';
import type { HubName } from './hubs.ts';
import { number } from './findings.ts';
import type { Table } from './findings.ts';
import { medianOf, medianRatio } from './statistics.ts';
import type { Rounds } from './statistics.ts';

const schema = v.object({
  seconds: v.number(),
  said: v.number(),
  delivered: v.number(),
  complete: v.boolean(),
  /** From when a text was due to its receipt, in ms. */
  p50: v.number(),
  p99: v.number(),
  max: v.number(),
  /** CPU seconds. */
  serverCpu: v.number(),
  generatorCpu: v.number(),
});

export type Scheduled = v.InferOutput<typeof schema>;

export interface ScheduledOptions {
  readonly members: number;
  /** Texts a second. */
  readonly rate: number;
  /** Seconds before measuring, and of it. */
  readonly warm: number;
  readonly measure: number;
}

/** How long what was said may take to arrive after the last text, in s. */
const DRAIN = 10;

export function runScheduled(hub: HubName, tools: Tools, options: ScheduledOptions) {
  const words = { ...options, drain: DRAIN };
  return measure(hub, tools, { scenario: 'schedule', options: words }, schema);
}

export const p99 = (result: Scheduled) => result.p99;

/** The part of a core that the server used. */
export const coreShare = (result: Scheduled) => result.serverCpu / result.seconds;

/** One row a hub, ours first; ratios are ours over theirs. */
export function scheduledTable(
  title: string,
  results: ReadonlyMap<HubName, Rounds<Scheduled>>,
): Table {
  const ours = results.get('lanyard') ?? [];
  return {
    title,
    head: [
      'hub',
      'p99, ours over it',
      'CPU, ours over it',
      'p50 ms',
      'p99 ms',
      'core %',
      'delivered',
    ],
    rows: [...results].map(([hub, rounds]) => [
      hub,
      number(medianRatio(ours, rounds, p99)),
      number(medianRatio(ours, rounds, coreShare)),
      number(medianOf(rounds, ({ p50 }) => p50)),
      number(medianOf(rounds, p99)),
      number(medianOf(rounds, coreShare) * 100),
      rounds.every((result) => result?.complete === true) ? 'all' : 'not all',
    ]),
  };
}
