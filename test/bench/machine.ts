/** What it was measured on. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem } from 'node:os';
import * as v from 'valibot';
import { IS_PINNED } from './processes.ts';

const packageSchema = v.object({ version: v.string() });

/** What can be said of the machine and of the programs, a line each. */
export function describeMachine(): readonly string[] {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, Linux ${release()}`,
    IS_PINNED
      ? 'server on one core, load generator on another'
      : 'server and load generator share the cores: figures are worth little',
    [
      `Node ${process.versions.node}`,
      ...['ws', 'socket.io'].map((name) => `${name} ${versionOf(name)}`),
      `Go ${firstNumber('go', ['version'])}`,
      `cc ${firstNumber('cc', ['--version'])}`,
    ].join(', '),
  ];
}

/** How many files, connections among them, a process may have open. */
export function openFilesAllowed(): number {
  const line = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
  return line?.[1] === 'unlimited' ? Infinity : Number(line?.[1]);
}

function versionOf(name: string): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return v.parse(packageSchema, JSON.parse(readFileSync(manifest, 'utf8'))).version;
  } catch {
    return '–';
  }
}

function firstNumber(program: string, args: readonly string[]): string {
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return /\d+(\.\d+)+/.exec(stdout ?? '')?.[0] ?? '–';
}
