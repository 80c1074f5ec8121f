/** `npm test`: every check there is, and what came of them. */
import { installTestPartners, ensureChromium } from './runner/install.ts';
import { interruptPrograms, packageProgram, runProgram } from './runner/package-program.ts';
import type { Ended } from './runner/package-program.ts';
import { Tally } from './runner/tally.ts';

interface Stage {
  readonly name: string;
  /** Package, program and its arguments. */
  readonly command: readonly [packageName: string, program: string, ...args: string[]];
}

const CHECKS: readonly Stage[] = [
  { name: 'types', command: ['typescript', 'tsc', '-b'] },
  { name: 'lint', command: ['oxlint', 'oxlint', '--type-aware'] },
  { name: 'format', command: ['prettier', 'prettier', '--check', '.'] },
  { name: 'unused code', command: ['knip', 'knip'] },
];

const BUILD: Stage = { name: 'build', command: ['vite', 'vite', 'build', '--app'] };

const VITEST = ['vitest', 'vitest', 'run', '--config', 'test/vitest.config.ts'] as const;

const TESTS: Stage = {
  name: 'unit and integration tests',
  command: [...VITEST, '--project', '!seeds'],
};

const SEEDS: Stage = {
  name: '2,000 seeds of the simulation',
  command: [...VITEST, '--project', 'seeds'],
};

const BROWSER_TESTS: Stage = {
  name: 'end-to-end tests',
  command: ['@playwright/test', 'playwright', 'test', '--config', 'test/playwright.config.ts'],
};

const tally = new Tally();
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    interruptPrograms();
  });
}

// None of them changes what another reads.
for (const { ok } of await Promise.all(CHECKS.map(run))) tally.addCheck(ok);
const built = (await run(BUILD)).ok;
tally.addCheck(built);
installTestPartners(say);
await runTests(TESTS);
// A browser test waits half of the time, a seed never.
await Promise.all([runBrowserTests(), runTests(SEEDS)]);

process.stdout.write(`\n${tally.summary()}`);
process.exitCode = tally.ok && !interrupted ? 0 : 1;

async function runTests(stage: Stage): Promise<void> {
  const { ok, report } = await run(stage);
  tally.addTests(ok, report);
}

async function runBrowserTests(): Promise<void> {
  if (interrupted) return;
  if (!built) {
    tally.addSkipped({ name: BROWSER_TESTS.name, reason: 'the build failed' });
    return;
  }
  const chromium = ensureChromium(say);
  if (chromium === null) {
    say('The end-to-end tests failed: no Chromium or Chrome was found or could be installed.');
    say('Install one, or name one with LANYARD_CHROMIUM=/path/to/chromium.');
    tally.addTests(false, null);
    return;
  }
  say(`Browser: ${chromium}`);
  await runTests(BROWSER_TESTS);
}

/** Runs a stage and says in a line how it went; a failing one is shown in full. */
async function run({ name, command }: Stage): Promise<Ended> {
  if (interrupted) return { ok: false, output: '', report: null };
  const [packageName, program, ...args] = command;
  const started = performance.now();
  const ended = await runProgram([...packageProgram(packageName, program), ...args]);
  const { ok, output, report } = ended;
  const counts =
    report &&
    `: ${report.passed} passed, ${report.failed} failed, ${report.skipped.length} skipped`;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${ok ? '✓' : '✗'} ${name}${counts ?? ''} (${seconds} s)`);
  for (const note of report?.notes ?? []) say(`  ${note}`);
  if (!ok) say(output.trimEnd());
  return ended;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
