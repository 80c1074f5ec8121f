/** What becomes of a command whose output nobody takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { CLI } from '../../durability/lanyard.ts';
import { temporaryFolder } from '../../support/lanyard.ts';
import { folderWith } from './kept.ts';

/** A disk on which not a byte more fits. */
const FULL = '/dev/full';

/** Runs it to its end with nothing typed. */
async function runInto(device: string, args: readonly string[], output: 'stdout' | 'stderr') {
  const full = openSync(device, 'w');
  onTestFinished(() => closeSync(full));
  const [stdout, stderr] = output === 'stdout' ? [full, 'pipe' as const] : ['pipe' as const, full];
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', stdout, stderr] });
  let printed = '';
  (child.stderr ?? child.stdout)?.setEncoding('utf8').on('data', (text) => (printed += text));
  const [code] = await once(child, 'close');
  return { code, printed };
}

test
  .skipIf(!existsSync(FULL))
  .for([
    ['--help'],
    ['search', 'Hello', '--data-dir', 'KEPT'],
    ['export', '--data-dir', 'KEPT'],
    ['export', '--data-dir', 'KEPT', '--output', FULL],
  ])('onto a full disk: %j', async (args) => {
  const kept = folderWith({ 'Lab 3': ['Hello'] });
  const command = args.map((arg) => (arg === 'KEPT' ? kept : arg));
  expect(await runInto(FULL, command, 'stdout')).toEqual({
    code: 1,
    printed: expect.stringMatching(/^lanyard: The disk is full\. .+ \(storage-full\)\n$/),
  });
});

test.skipIf(!existsSync(FULL))('a warning that cannot be printed ends nothing', async () => {
  const command = ['search', 'Apples', '--data-dir', temporaryFolder()];
  expect(await runInto(FULL, command, 'stderr')).toEqual({ code: 1, printed: '' });
});
