import { spawnSync } from 'node:child_process';

/** Why nobody can sit at a terminal here, or null when somebody can. */
export function whyNoTerminal(): string | null {
  if (process.platform !== 'linux') return 'only the `script` of util-linux is known';
  const tried = spawnSync('script', ['-qec', 'true', '/dev/null'], { input: '' });
  return tried.status === 0 ? null : 'script (util-linux) is not installed';
}
