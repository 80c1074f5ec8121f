/** What is logged of a process that ends with an error nobody caught. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/lanyard.ts';

const url = (name: string) => JSON.stringify(new URL(`../../main/log/${name}`, import.meta.url));

/** Runs a script that logs its crashes; resolves to its exit code, what it said, and the log. */
async function crash(script: string, electron = false) {
  const folder = temporaryFolder();
  const program = `
    ${electron ? "Object.defineProperty(process.versions, 'electron', { value: '45.0.0' });" : ''}
    const { openLog } = await import(${url('log.ts')});
    const { logCrashes } = await import(${url('log-crashes.ts')});
    logCrashes(openLog(${JSON.stringify(folder)}));
    ${script}`;
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; said: string }>();
  const args = ['--input-type=module', '-e', program];
  execFile(process.execPath, args, (error, _, said) => resolve({ code: error?.code ?? 0, said }));
  const ended = await promise;
  return { ...ended, log: readFileSync(join(folder, 'logs/lanyard.log'), 'utf8') };
}

test.for<[string, string]>([
  ['an exception', "setTimeout(() => { throw new RangeError('a secret'); })"],
  ['a rejection', "setTimeout(() => Promise.reject(new RangeError('a secret')))"],
])('%s ends the process as ever, and leaves a line', async ([, script]) => {
  const { code, said, log } = await crash(script);
  expect(code).toBe(1);
  expect(said).toContain('RangeError: a secret');
  expect(log).toMatch(/^\S+ error crash RangeError .+\r?\n$/);
  expect(log).not.toContain('a secret');
});

test('in Electron a rejection is a warning, and leaves a line', async () => {
  const script = "setTimeout(() => Promise.reject(new RangeError('a secret')))";
  const { code, said, log } = await crash(script, true);
  expect(code).toBe(0);
  expect(said).toContain('RangeError: a secret');
  expect(log).toMatch(/^\S+ error crash RangeError .+\r?\n$/);
  expect(log).not.toContain('a secret');
});
