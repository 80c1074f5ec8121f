/**
 * The long chaos run: `node test/durability/chaos.ts [--messages N] [--seed N]`. Takes minutes;
 * `npm test` has a short one. Build first.
 */
import { parseArgs } from 'node:util';
import { whatIsWrong } from './chaos-checks.ts';
import { runChaos } from './chaos-run.ts';
import { WHERE } from './network.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
const messages = Number(values.messages);
const started = performance.now();
const say = (line: string) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${seconds.padStart(6)} s  ${line}\n`);
};

say(`seed ${values.seed}, ${WHERE}`);
const result = await runChaos({
  seed: Number(values.seed),
  people: 20,
  messages,
  // A person may say 40 a second (B6); this is a lively room.
  talkMs: messages * 20,
  outageMs: 25_000,
  log: say,
});
const problem = whatIsWrong(result);
say(`${result.entries.length} entries, ${result.hashes.length} copies, hash ${result.hashes[0]}`);
say(problem ?? 'all copies are equal, and everything said is there once and in order');
process.exitCode = problem === null && result.entries.length === messages ? 0 : 1;
