/** `lanyard search`, as a program, with no room open anywhere. */
import { describe, expect, test } from 'vitest';
import { HERE } from '../../durability/network.ts';
import { lanyard } from '../../durability/lanyard.ts';
import { testFolder } from '../../storage/folder.ts';
import { folderWith, roomIdIn } from './kept.ts';

const FOLDER_TEXTS = {
  'Lab 3': ['Good morning', '今天天气不错', 'Bring the\napples\u001b[2J', 'apple pie'],
  Kitchen: ['No apples left'],
};

describe('lanyard search', () => {
  test('finds in every room, newest first, a line for each', async () => {
    const dataDir = folderWith(FOLDER_TEXTS);
    const { code, stdout, stderr } = await lanyard(HERE, [
      'search',
      'APPLE',
      '--data-dir',
      dataDir,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/^[\d-]{10} [\d:]{5} {2}/gm, '')).toBe(
      'Kitchen  Bo: No apples left\n' +
        'Lab 3  Bo: apple pie\n' +
        'Lab 3  Bo: Bring the apples\u{fffd}[2J\n',
    );
  });

  test('finds in one room, by its name or its id', async () => {
    const dataDir = folderWith(FOLDER_TEXTS);
    for (const room of ['Kitchen', roomIdIn(dataDir, 'Kitchen')]) {
      const args = ['search', 'apples', '--room', room, '--data-dir', dataDir];
      expect((await lanyard(HERE, args)).stdout.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  test('takes several words, and two Chinese characters', async () => {
    const dataDir = folderWith(FOLDER_TEXTS);
    const found = async (...words: string[]) =>
      (await lanyard(HERE, ['search', ...words, '--data-dir', dataDir])).stdout;
    expect(await found('morning', 'good')).toMatch(/Good morning\n$/);
    expect(await found('天气')).toMatch(/今天天气不错\n$/);
    expect(await found('"AND* (NEAR', 'good')).toBe('');
  });

  test.each([
    ['nothing found', ['search', 'pears'], 1, ''],
    ['a room nobody knows', ['search', 'x', '--room', 'Attic'], 1, '(room-unknown)'],
    ['no words', ['search', '  '], 2, 'Say what to look for.'],
  ])('with %s says so', async (_what, args, code, stderr) => {
    const dataDir = folderWith(FOLDER_TEXTS);
    const ended = await lanyard(HERE, [...args, '--data-dir', dataDir]);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(stderr);
  });

  test('where nothing is kept says so, and makes nothing', async () => {
    const ended = await lanyard(HERE, ['search', 'x', '--data-dir', testFolder()]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('(nothing-kept)');
  });
});
