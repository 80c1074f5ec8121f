/** A data folder that cannot be, for every command: a sentence, never a stack trace. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Lanyard, run, temporaryFolder } from '../../support/lanyard.ts';
import { freePort } from '../../support/foreign-port.ts';

const COMMANDS = {
  open: ['open', '--shell=browser', '--no-open'],
  host: ['host', '--room', 'Lab 3'],
  chat: ['chat', '127.0.0.1:1'],
  search: ['search', 'Hello'],
  export: ['export'],
} as const;

test.each([
  ['open', 'data-dir-invalid'],
  ['host', 'data-dir-invalid'],
  ['chat', 'data-dir-invalid'],
  ['search', 'nothing-kept'],
  ['export', 'nothing-kept'],
] as const)('a name that is too long: %s says %s', async (command, code) => {
  const folder = join(temporaryFolder(), 'x'.repeat(300));
  const ended = await run(...COMMANDS[command], '--data-dir', folder);
  expect(ended).toEqual({ code: 1, stdout: '', stderr: expect.any(String) });
  expect(ended.stderr).toMatch(new RegExp(`^lanyard: .+ --data-dir\\. \\(${code}\\)\\n$`));
});

describe('where nothing can be written a room is open all the same, and that is said', () => {
  const places: readonly (readonly [string, () => string])[] = [
    ['a file in its place', () => import.meta.filename],
    ['a database that is a folder', () => folderWith('lanyard.db')],
    ['a lock that is a folder', () => folderWith('lanyard.lock')],
    ...(existsSync('/proc/1')
      ? [['a folder of the system that takes none', () => '/proc/lanyard'] as const]
      : []),
  ];
  test.each(places)('%s', async (_what, place) => {
    const port = String(await freePort());
    const at = ['--port', port, '--data-dir', place()];
    const host = new Lanyard(['host', '--room', 'Lab 3', '--json', ...at]);
    await host.prints(/"ready":true/);
    host.signal('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.stderr).toMatch(
      /^! Lanyard cannot write to .+--data-dir\. \(data-dir-unwritable\)$/m,
    );
    expect(host.stderr).not.toMatch(/^ +at /m);
  });
});

function folderWith(name: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, name));
  return folder;
}
