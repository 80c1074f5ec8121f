/** What a program and all that it started use, as Linux accounts for it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in these, whatever the kernel's own clock. */
const TICKS_A_SECOND = 100;

export interface Usage {
  /** Processor time since each process started, in ms. */
  readonly cpuMs: number;
  /** Memory with shared pages divided among those who share them (PSS), in bytes. */
  readonly memory: number;
}

/** What each process of the tree uses now, by what it is (`browser`, `renderer`, `gpu-process` …). */
export function usageOfTree(pid: number): ReadonlyMap<string, Usage> {
  const usages = new Map<string, Usage>();
  for (const process of treeOf(pid)) {
    const kind = kindOf(process);
    const { cpuMs = 0, memory = 0 } = usages.get(kind) ?? {};
    usages.set(kind, {
      cpuMs: cpuMs + cpuMsOf(process),
      memory: memory + memoryOf(process),
    });
  }
  return usages;
}

function treeOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(Number(name))[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** The fields of /proc/PID/stat from the third on; none when the process has ended. */
function statOf(pid: number): readonly string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function cpuMsOf(pid: number): number {
  const [user = 0, system = 0] = statOf(pid).slice(11, 13).map(Number);
  return ((user + system) * 1_000) / TICKS_A_SECOND;
}

function memoryOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1_024;
}

function kindOf(pid: number): string {
  return /--type=([\w-]+)/.exec(read(`/proc/${pid}/cmdline`))?.[1] ?? 'browser';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
