/** The bench's child processes: on cores of their own where that can be had, and none outlives it. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';

/** Who runs on which core. */
export type Role = 'server' | 'generator';
const CORES: Readonly<Record<Role, string>> = { server: '0', generator: '1' };

/** True where `taskset` keeps server and generator off each other's core. */
export const IS_PINNED = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;

/** How long a program may take to its end when asked, in ms. */
const END_MS = 3_000;

const running = new Set<ChildProcess>();

/** Starts a program, pinned where possible. */
export function start(role: Role, command: readonly string[]): ChildProcess {
  const [file = '', ...args] = IS_PINNED ? ['taskset', '-c', CORES[role], ...command] : command;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

export interface Ended {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Collects what a program prints until it ends; rejects when it could not be started. */
export async function collect(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = await once(child, 'close');
  return { ok: code === 0, stdout, stderr };
}

/** The first line it prints; rejects with what it printed otherwise when it ends without one. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    let problems = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const newline = printed.indexOf('\n');
      if (newline !== -1) resolve(printed.slice(0, newline));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (problems += text));
    child.once('error', reject);
    child.once('close', () => reject(new Error(`it ended before it was ready:\n${problems}`)));
  });
}

/** Asks it to end, and ends it when it does not. */
export async function end(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await closed;
  clearTimeout(limit);
}

/** For the bench's own end, however it comes. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}
