import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPrivate, readPrivate, setAside } from '../../main/identity/private-file.ts';
import { testFolder } from '../storage/folder.ts';

test('a file is created once, for its owner alone', async () => {
  const folder = testFolder();
  const path = join(folder, 'key');
  expect(await readPrivate(path)).toBeNull();
  expect(await createPrivate(path, 'mine')).toBe(true);
  expect(await createPrivate(path, 'yours')).toBe(false);
  expect(await readPrivate(path)).toEqual({ text: 'mine', exposed: false });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['key']);
});

test('what is set aside can be read where it is said to be', async () => {
  const path = join(testFolder(), 'key');
  writeFileSync(path, 'damaged');
  const aside = await setAside(path, 'damaged');
  expect(readFileSync(aside ?? '', 'utf8')).toBe('damaged');
  expect(existsSync(path)).toBe(false);
});

test('what somebody wrote since it was read is not set aside', async () => {
  const folder = testFolder();
  const path = join(folder, 'key');
  writeFileSync(path, 'a good one');
  expect(await setAside(path, 'damaged')).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe('a good one');
  expect(readdirSync(folder)).toEqual(['key']);
});

test('what somebody set aside already is not there to be set aside', async () => {
  expect(await setAside(join(testFolder(), 'key'), 'damaged')).toBeNull();
});
