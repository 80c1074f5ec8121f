import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDataDir, makeFolder, namedDataDir } from '../../main/storage/data-dir.ts';
import { testFolder } from './folder.ts';

test('the folder is made with those above it, and may be there already', () => {
  const folder = join(testFolder(), 'one', 'two', 'three');
  makeDataDir(folder);
  makeDataDir(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a link to a folder is one', () => {
  const [folder, link] = [testFolder(), join(testFolder(), 'link')];
  symlinkSync(folder, link);
  makeDataDir(link);
  makeDataDir(join(link, 'below'));
  expect(existsSync(join(folder, 'below'))).toBe(true);
});

test.skipIf(process.platform === 'win32')('folders are made for who may use them', () => {
  const folder = join(testFolder(), 'one', 'two');
  makeFolder(folder, 0o700);
  expect([statSync(folder), statSync(join(folder, '..'))].map(({ mode }) => mode & 0o777)).toEqual([
    0o700, 0o700,
  ]);
});

describe('what cannot be', () => {
  test.each([
    ['a name that is too long', 'x'.repeat(300)],
    ['a path that is too long', 'x/'.repeat(10_000)],
    ['a name with a NUL', 'a\0b'],
  ])('%s', (_what, name) => {
    const path = `${testFolder()}/${name}`;
    expect(() => makeDataDir(path)).toThrow(
      expect.objectContaining({
        code: 'data-dir-invalid',
        message: expect.stringMatching(/^“.{1,70}” cannot be a folder: .+--data-dir\.$/su),
      }),
    );
  });

  test('no name at all, which is not the folder one is in', () => {
    expect(() => namedDataDir('')).toThrow(expect.objectContaining({ code: 'data-dir-unnamed' }));
    expect(namedDataDir('here')).toBe(resolve('here'));
  });
});

describe('what cannot be written', () => {
  test.each([
    ['a file in its place', aFile],
    ['a file above it', () => join(aFile(), 'below')],
    ['a link that leads to itself', aLoop],
  ])('%s', (_what, place) => {
    expect(() => makeDataDir(place())).toThrow(
      expect.objectContaining({ code: 'data-dir-unwritable' }),
    );
  });

  // Node's own way of making folders never comes back from there.
  test.skipIf(!existsSync('/proc/1'))('a folder of the system that takes none', () => {
    for (const path of ['/proc/lanyard', '/proc/lanyard/below', '/proc/1/lanyard']) {
      expect(() => makeDataDir(path)).toThrow(
        expect.objectContaining({ code: 'data-dir-unwritable' }),
      );
    }
  });
});

function aFile(): string {
  const path = join(testFolder(), 'file');
  writeFileSync(path, '');
  return path;
}

function aLoop(): string {
  const path = join(testFolder(), 'loop');
  symlinkSync(path, path);
  return path;
}
