import { spawnSync } from 'node:child_process';

/** Why no deb can be made here, or null when one can. */
export function whyNoDpkg(): string | null {
  if (process.platform !== 'linux') return 'a deb is made on Linux';
  return spawnSync('dpkg-deb', ['--version']).error ? 'dpkg-deb is not installed' : null;
}
