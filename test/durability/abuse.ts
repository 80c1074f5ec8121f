/**
 * The long abuse run: `node test/durability/abuse.ts [--joins N] [--frames N] [--half-open N] [--quiet S]`.
 * Takes minutes; `npm test` has a short one. Linux only. Build first.
 */
import { parseArgs } from 'node:util';
import { runAbuse } from './abuse-run.ts';

/** How much larger a hub may be after all that, once it was quiet for a while. */
const GROWTH = 1.5;

const { values } = parseArgs({
  options: {
    joins: { type: 'string', default: '10000' },
    frames: { type: 'string', default: '150000' },
    'half-open': { type: 'string', default: '50000' },
    quiet: { type: 'string', default: '180' },
  },
});
const result = await runAbuse({
  joins: Number(values.joins),
  frames: Number(values.frames),
  halfOpen: Number(values['half-open']),
  quiet: Number(values.quiet),
});
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
const before = result.stages[0]?.memory.resident ?? 0;
const grown = result.memory.resident / before;
const disturbed = result.stages.some((stage) => stage.disturbed !== null || stage.suffered > 0);
process.stdout.write(`${grown.toFixed(2)} times what it took before, ${GROWTH} at the most\n`);
process.exitCode = disturbed || grown > GROWTH ? 1 : 0;
