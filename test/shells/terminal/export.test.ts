/** `lanyard export`, as a program, with no room open anywhere. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HERE } from '../../durability/network.ts';
import { CLI, lanyard } from '../../durability/lanyard.ts';
import { testFolder } from '../../storage/folder.ts';
import { identityOf } from '../../support/identities.ts';
import { folderWith, roomIdIn } from './kept.ts';

const run = (dataDir: string, ...args: string[]) =>
  lanyard(HERE, ['export', '--data-dir', dataDir, ...args]);

describe('lanyard export', () => {
  test('prints the one room there is, as text', async () => {
    const { code, stdout, stderr } = await run(folderWith({ 'Lab 3': ['Hello', 'two\nlines'] }));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^[\d-]{10} [\d:]{5} Bo: Hello\n[\d-]{10} [\d:]{5} Bo: two\n {4}lines\n$/,
    );
  });

  test('prints JSON Lines and HTML', async () => {
    const dataDir = folderWith({ 'Lab 3': ['<Hello>'] });
    const jsonl = await run(dataDir, '--format', 'jsonl');
    const lines = jsonl.stdout.trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { kind: 'act/settings', person: identityOf('Ann').id },
      {
        kind: 'message/text',
        seq: 1,
        text: '<Hello>',
        signature: expect.stringMatching(/^.{86}$/),
      },
    ]);
    const html = await run(dataDir, '--format', 'html');
    expect(html.stdout).toContain('&lt;Hello&gt;');
  });

  test('writes a file, whole', async () => {
    const texts = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
    const dataDir = folderWith({ 'Lab 3': texts });
    const output = join(testFolder(), 'log.jsonl');
    const ended = await run(dataDir, '--format', 'jsonl', '--output', output);
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(output, 'utf8').trimEnd().split('\n')).toHaveLength(5_001);
  });

  test('of several rooms asks for one, and takes its name or its id', async () => {
    const dataDir = folderWith({ 'Lab 3': ['Hello'], Küche: ['Apples'] });
    const unclear = await run(dataDir);
    expect(unclear.code).toBe(1);
    const id = roomIdIn(dataDir, 'Küche');
    expect(unclear.stderr).toContain(`Küche (${id}), Lab 3 `);
    expect(unclear.stderr).toContain('(room-unclear)');
    for (const room of ['Küche', 'KU\u0308CHE', id]) {
      expect((await run(dataDir, '--room', room)).stdout).toMatch(/ Bo: Apples\n$/);
    }
  });

  test('ends quietly when nobody reads on', async () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const dataDir = folderWith({ 'Lab 3': texts });
    const child = HERE.spawn(process.execPath, [CLI, 'export', '--data-dir', dataDir]);
    let stderr = '';
    child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdout?.once('data', () => child.stdout?.destroy());
    await once(child, 'close');
    expect(stderr).toBe('');
  });

  test.each([
    ['a room nobody knows', ['--room', 'Attic'], 1, '(room-unknown)'],
    ['a format nobody knows', ['--format', 'pdf'], 2, 'text, jsonl or html'],
    ['a file that cannot be written', ['--output', '/dev/null/log.txt'], 1, '(output-unwritable)'],
    ['a folder in the place of the file', ['--output', '/'], 1, '--output. (output-unwritable)'],
    [
      'a file whose name is too long',
      ['--output', `/tmp/${'x'.repeat(300)}`],
      1,
      '--output. (output-unwritable)',
    ],
  ])('with %s says so', async (_what, args, code, stderr) => {
    const ended = await run(folderWith({ 'Lab 3': ['Hello'] }), ...args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(stderr);
    expect(ended.stderr).not.toMatch(/^ +at /m);
  });

  test('from a damaged database says so, and leaves it as it is', async () => {
    const dataDir = testFolder();
    const path = join(dataDir, 'lanyard.db');
    writeFileSync(path, 'Dear diary,\n'.repeat(1_000));
    const ended = await run(dataDir);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('(database-damaged)');
    expect(readFileSync(path, 'utf8')).toMatch(/^Dear diary/);
  });
});
