import { readFileSync } from 'node:fs';

/**
 * How many files this process may have open, sockets among them. Only Linux says so by itself;
 * elsewhere Node has raised it, at the start, to more than a hub ever needs.
 */
export function openFilesLimit(): number {
  if (process.platform !== 'linux') return Infinity;
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const [, soft] = /^Max open files +(\d+)/m.exec(limits) ?? [];
  return soft === undefined ? Infinity : Number(soft);
}
