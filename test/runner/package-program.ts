/** Runs the programs of installed packages, alike on every system: no shell, the same Node. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { HAS_PROCESS_GROUPS, reportSchema } from './report.ts';
import type { Report } from './report.ts';

const ROOT = new URL('../../', import.meta.url);

/** What Node has compiled, kept for all the processes that tests start: it is the same each time. */
const COMPILED = fileURLToPath(new URL('node_modules/.cache/compiled/', ROOT));

/** How long an interrupted program may take to clean up, in ms. */
const CLEAN_UP_MS = 10_000;

export interface Ended {
  /** True when it ended with exit code 0. */
  readonly ok: boolean;
  /** All it printed. */
  readonly output: string;
  /** What it reported, if it is one that reports. */
  readonly report: Report | null;
}

/** Programs that run now, so that they can end with the runner. */
const running = new Set<ChildProcess>();

/** Runs a program in the project's folder, to its end; what it leaves running ends with it. */
export function runProgram([file, ...args]: readonly [string, ...string[]]): Promise<Ended> {
  const child = spawn(file, args, {
    cwd: fileURLToPath(ROOT),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
    detached: HAS_PROCESS_GROUPS,
  });
  running.add(child);
  let output = '';
  let report: Report | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.on('message', (message) => {
    report = v.parse(reportSchema, message);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => killWithDescendants(child));
    child.once('close', (code) => {
      running.delete(child);
      resolve({ ok: code === 0, output, report });
    });
  });
}

/** Interrupts every program that runs; after a while they are ended without asking. */
export function interruptPrograms(): void {
  for (const child of running) {
    child.kill('SIGINT');
    setTimeout(() => killWithDescendants(child), CLEAN_UP_MS).unref();
  }
}

function killWithDescendants(child: ChildProcess): void {
  if (!HAS_PROCESS_GROUPS || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

/** How to start `program` of the package: file and first argument. */
export function packageProgram(packageName: string, program: string): [string, string] {
  const folder = new URL(`node_modules/${packageName}/`, ROOT);
  const manifest: { bin: string | Record<string, string> } = JSON.parse(
    readFileSync(new URL('package.json', folder), 'utf8'),
  );
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[program];
  if (path === undefined) throw new Error(`${packageName} has no program called ${program}`);
  return [process.execPath, fileURLToPath(new URL(path, folder))];
}
