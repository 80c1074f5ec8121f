/** Two Lanyards on one data folder. */
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../storage/folder.ts';
import { keptEntries, lanyard, startHost } from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';

test(`the second one says so; a chat goes on without keeping anything (${WHERE})`, async () => {
  const network = await openNetwork(1);
  onTestFinished(() => network.dispose());
  const [here = expect.unreachable()] = network.computers;
  const dataDir = testFolder();
  const host = await startHost(here, { dataDir });
  const run = (...args: string[]) => lanyard(here, [...args, '--data-dir', dataDir], 'hello\n');
  await run('chat', host.address, '--name', 'Ann');
  const before = keptEntries(dataDir);

  const refused = { code: 1, stdout: '', stderr: expect.stringContaining('(data-dir-in-use)') };
  expect(await run('host', '--room', 'Another room')).toEqual(refused);
  expect(await run('open', '--shell=browser', '--no-open')).toEqual(refused);

  const chat = await run('chat', host.address, '--name', 'Bo');
  expect(chat.code).toBe(0);
  expect(chat.stderr).toMatch(/^! .*\(data-dir-in-use\)$/m);
  expect(chat.stdout).toMatch(/ Bo: hello$/m);
  expect((await run('search', 'hello')).stdout).toMatch(/Lab 3 {2}Ann: hello\n/);
  const exported = await run('export', '--format', 'jsonl');
  expect(exported.stdout.trim().split('\n').flatMap(textIn)).toEqual(['hello', 'hello']);

  expect(keptEntries(dataDir).slice(0, before.length)).toEqual(before);
  expect(await host.program.stop()).toBe(0);
  const again = await startHost(here, { dataDir });
  expect(again.id).toBe(host.id);
  expect(again.program.output).not.toContain('data-dir-in-use');
});

/** What a message says; nothing of what is none. */
function textIn(line: string): readonly string[] {
  const { text }: { text?: string } = JSON.parse(line);
  return text === undefined ? [] : [text];
}
