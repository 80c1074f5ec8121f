/** So many texts on their way at any time: what a hub delivers, and what that costs it. */
import * as v from 'valibot';
import type { Tools } from './build.ts';
import { measure } from './generator.ts';
import { isOurs } from './hubs.ts';
import type { HubName } from './hubs.ts';

const window = v.object({
  inFlight: v.number(),
  seconds: v.number(),
  deliveries: v.number(),
  /** CPU seconds. */
  serverCpu: v.number(),
  generatorCpu: v.number(),
});
const schema = v.object({
  windows: v.array(window),
  said: v.number(),
  /** True when everything said had arrived everywhere at the end. */
  complete: v.boolean(),
});

export type ClosedLoop = v.InferOutput<typeof schema>;

export interface ClosedLoopOptions {
  readonly members: number;
  readonly inFlight: readonly number[];
  /** Seconds before each window, and of each. */
  readonly warm: number;
  readonly measure: number;
}

/** How long a hub of somebody else may take to deliver what is left, in s; it need not. */
const DRAIN_THEIRS = 0.2;
const DRAIN_OURS = 20;

/** Rejects when an entry was lost, doubled or out of order; of ours, also when one never came. */
export async function runClosedLoop(hub: HubName, tools: Tools, options: ClosedLoopOptions) {
  const { members, inFlight, warm, measure: seconds } = options;
  const words = {
    members,
    warm,
    measure: seconds,
    'in-flight': inFlight.join(','),
    drain: isOurs(hub) ? DRAIN_OURS : DRAIN_THEIRS,
  };
  const load = { scenario: 'closed-loop', options: words } as const;
  const result = await measure(hub, tools, load, schema);
  if (isOurs(hub) && !result.complete) throw new Error('Not everybody got everything in time.');
  return result;
}

/** Thousand deliveries a second with so many in flight; NaN where that was not measured. */
export function thousandsPerSecond(inFlight: number): (result: ClosedLoop) => number {
  return ({ windows }) => {
    const found = windows.find((each) => each.inFlight === inFlight);
    return found ? found.deliveries / found.seconds / 1000 : NaN;
  };
}

/** CPU seconds of the server for a million deliveries; NaN where that was not measured. */
export function cpuPerMillion(inFlight: number): (result: ClosedLoop) => number {
  return ({ windows }) => {
    const found = windows.find((each) => each.inFlight === inFlight);
    return found ? found.serverCpu / (found.deliveries / 1e6) : NaN;
  };
}
