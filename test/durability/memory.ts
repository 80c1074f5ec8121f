/** What a process takes, as its system sees it and as Node does. */
import { readFileSync } from 'node:fs';
import type { Program } from '../e2e/program.ts';

/** In MB; those of Node of all its threads together. */
export interface Memory {
  readonly resident: number;
  /** Without what it shares with other processes. */
  readonly proportional: number;
  readonly heapUsed: number;
  readonly heapTotal: number;
  readonly external: number;
}

const KIB_A_MB = 1024;
const BYTES_A_MB = 1024 * KIB_A_MB;

/** Runs in every thread of the process: on SIGUSR2 each prints how often it did, and what memory it uses. */
function tellMemory(): void {
  const { BroadcastChannel, isMainThread } = process.getBuiltinModule('node:worker_threads');
  const { writeSync } = process.getBuiltinModule('node:fs');
  const looks = new BroadcastChannel('memory');
  looks.unref();
  let count = 0;
  const tell = () => {
    count += 1;
    const usage = JSON.stringify(process.memoryUsage());
    writeSync(2, `memory ${count} ${isMainThread ? 'main' : 'hub'} ${usage}\n`);
  };
  looks.addEventListener('message', tell);
  if (!isMainThread) return;
  process.on('SIGUSR2', () => {
    looks.postMessage(null);
    tell();
  });
}

/**
 * Options of Node for a process whose memory is to be looked at. As JavaScript: to load TypeScript takes
 * a process 20 MB.
 */
export const TELLS_MEMORY = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`(${tellMemory.toString()})();`)}`,
];

/** Looks at the memory of such a process, on Linux, for the time with this number. */
export async function memoryOf(program: Program, look: number): Promise<Memory> {
  program.signal('SIGUSR2');
  const told = ['main', 'hub'].map(async (thread): Promise<NodeJS.MemoryUsage> => {
    const line = await program.line(new RegExp(`^memory ${look} ${thread} (.*)$`));
    return JSON.parse(line[1] ?? '');
  });
  const threads = await Promise.all(told);
  const sum = (what: keyof NodeJS.MemoryUsage) =>
    Math.round(threads.reduce((all, usage) => all + usage[what], 0) / BYTES_A_MB);
  const rollup = readFileSync(`/proc/${program.pid}/smaps_rollup`, 'utf8');
  const kib = (what: string) =>
    Math.round(Number(new RegExp(`^${what}: +(\\d+)`, 'm').exec(rollup)?.[1]) / KIB_A_MB);
  return {
    resident: kib('Rss'),
    proportional: kib('Pss'),
    heapUsed: sum('heapUsed'),
    heapTotal: sum('heapTotal'),
    external: sum('external'),
  };
}
