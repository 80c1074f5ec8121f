import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { IdentityReport } from './identity-process.ts';

const SCRIPT = fileURLToPath(new URL('identity-process.ts', import.meta.url));

/** Resolves once the process only waits for its word: calling what this gives lets it open. */
export async function startIdentityProcess(
  folder: string,
  ...user: readonly string[]
): Promise<() => Promise<IdentityReport>> {
  const child = spawn(process.execPath, [SCRIPT, folder, ...user], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the process ended without a word');
    return value;
  };
  await line();
  return async () => {
    child.stdin.write('\n');
    const report: IdentityReport = JSON.parse(await line());
    return report;
  };
}
