/** Runs the load generator against a hub. */
import * as v from 'valibot';
import type { Tools } from './build.ts';
import { startHub } from './hubs.ts';
import type { HubName, HubOptions } from './hubs.ts';
import { collect, start } from './processes.ts';

/** A scenario of the generator, and the options it takes; see generator/options.c. */
export interface Load extends HubOptions {
  readonly scenario: 'closed-loop' | 'schedule' | 'joins' | 'hold' | 'stopped-reader' | 'returning';
  readonly options: Readonly<Record<string, string | number>>;
}

/** Puts a load on a fresh hub; rejects with the generator's sentence when a check failed. */
export async function measure<Schema extends v.GenericSchema>(
  hub: HubName,
  tools: Tools,
  load: Load,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const running = await startHub(hub, tools, load);
  try {
    const options = Object.entries({ ...load.options, ...running.options });
    const words = options.map(([name, value]) => `${name}=${value}`);
    const child = start('generator', [tools.generator, load.scenario, ...words]);
    const { ok, stdout, stderr } = await collect(child);
    if (!ok) throw new Error(stderr.trim() || 'The load generator crashed.');
    return v.parse(schema, JSON.parse(stdout));
  } finally {
    await running.stop();
  }
}
