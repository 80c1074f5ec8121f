/**
 * The long fuzz run: `node test/durability/fuzz.ts [--frames N] [--seed N]`. Takes minutes;
 * `npm test` has a short one. Build first.
 */
import { parseArgs } from 'node:util';
import { runFuzz } from './fuzz-run.ts';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
});
const started = performance.now();
const result = await runFuzz(Number(values.frames), Number(values.seed));
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(`${JSON.stringify({ seed: values.seed, seconds, ...result }, null, 2)}\n`);
process.exitCode = result.disturbed === null ? 0 : 1;
