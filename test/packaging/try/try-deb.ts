/**
 * Tries a deb on a clean Debian: as root, in a folder and namespaces of its own, of which nothing is
 * left.
 *
 *     npm run try-deb -- PATH.deb [--suite bookworm] [--pictures FOLDER]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { suite: { type: 'string', default: 'bookworm' }, pictures: { type: 'string' } },
  allowPositionals: true,
});
const [deb] = positionals;
const problem = whyNot(deb);

if (deb === undefined || problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
} else {
  const root = await mkdtemp(join(tmpdir(), 'lanyard-debian-'));
  const pictures = values.pictures === undefined ? '' : resolve(values.pictures);
  try {
    // An ordinary user has to get in.
    await chmod(root, 0o755);
    process.exitCode = await inNamespaces(
      'on-clean-debian.ts',
      root,
      resolve(deb),
      values.suite,
      pictures,
    );
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 10 });
  }
}

function whyNot(path: string | undefined): string | null {
  if (path === undefined) return 'Say which deb: npm run try-deb -- PATH.deb';
  if (!existsSync(path)) return `There is no ${path}.`;
  if (process.platform === 'linux' && process.getuid?.() === 0) return null;
  return 'A clean Debian is made on Linux, as root.';
}

/**
 * Runs a script that lies here where it sees no processes but its own and mounts for itself alone:
 * with it all it started ends, and nothing is mounted any more. Resolves to its exit code, 1 when it
 * was interrupted.
 */
async function inNamespaces(script: string, ...args: readonly string[]): Promise<number> {
  const own = ['--mount', '--pid', '--mount-proc', '--fork', '--kill-child=SIGKILL', '--'];
  const command = [process.execPath, join(import.meta.dirname, script), ...args];
  const child = spawn('unshare', [...own, ...command], { stdio: 'inherit' });
  const end = () => void child.kill('SIGKILL');
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  const [code]: unknown[] = await once(child, 'exit');
  for (const signal of signals) process.off(signal, end);
  return typeof code === 'number' ? code : 1;
}
