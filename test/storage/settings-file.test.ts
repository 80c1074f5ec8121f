import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SettingsFile } from '../../main/storage/settings-file.ts';
import { temporaryFolder } from '../support/lanyard.ts';

const DEFAULTS = { name: null, language: 'system', theme: 'system', notifications: 'mentions' };

/** Settings whose file has this in it. */
function settingsFrom(text: string | Uint8Array, folder = temporaryFolder()): SettingsFile {
  writeFileSync(join(folder, 'settings.json'), text);
  return new SettingsFile(folder);
}

test('the first start has the defaults, makes the folder and complains of nothing', () => {
  const folder = join(temporaryFolder(), 'deep', 'inside');
  const file = new SettingsFile(folder);
  expect(file.settings).toEqual(DEFAULTS);
  expect(file.problems).toEqual([]);
  expect(existsSync(folder)).toBe(true);
});

test('what is changed is there at the next start', async () => {
  const folder = temporaryFolder();
  const file = new SettingsFile(folder);
  await Promise.all([
    file.change({ name: 'Ann' }),
    file.change({ theme: 'dark' }),
    file.change({ name: 'Anna' }),
  ]);
  expect(new SettingsFile(folder).settings).toEqual({ ...DEFAULTS, name: 'Anna', theme: 'dark' });
});

test('a file cut in half is kept aside, told of, and does not stop anything', async () => {
  const folder = temporaryFolder();
  const half = '{\n  "name": "An';
  const file = settingsFrom(half, folder);
  expect(file.settings).toEqual(DEFAULTS);
  expect(file.problems).toMatchObject([
    { code: 'settings-unreadable', message: expect.stringContaining('settings.json.damaged') },
  ]);
  expect(readFileSync(join(folder, 'settings.json.damaged'), 'utf8')).toBe(half);
  await file.change({ name: 'Ann' });
  const next = new SettingsFile(folder);
  expect(next.settings.name).toBe('Ann');
  expect(next.problems).toEqual([]);
});

test.each([
  ['a byte order mark', Buffer.from('\ufeff{"name":"Ann","theme":"dark"}')],
  ['lines of Windows', Buffer.from('{\r\n  "name": "Ann",\r\n  "theme": "dark"\r\n}\r\n')],
  ['UTF-16', Buffer.from('\ufeff{"name":"Ann","theme":"dark"}', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeff{"name":"Ann","theme":"dark"}', 'utf16le').swap16()],
])('a file with %s is read, and written as usual', async (_what, bytes) => {
  const folder = temporaryFolder();
  const file = settingsFrom(bytes, folder);
  expect(file.settings).toEqual({ ...DEFAULTS, name: 'Ann', theme: 'dark' });
  expect(file.problems).toEqual([]);
  await file.change({ name: 'Anna' });
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toMatch(/^\{\n  "name": "Anna",\n/);
});

test.each([
  ['nothing', Buffer.of()],
  ['what is no text', Buffer.from('{"name":"J\xf6rg"}', 'latin1')],
  ['a list', Buffer.from('[]')],
])('a file with %s in it is set aside whole, beside those before it', (_what, bytes) => {
  const folder = temporaryFolder();
  const aside = ['settings.json.damaged', 'settings.json.damaged-2', 'settings.json.damaged-3'];
  for (const name of aside) {
    const { settings, problems } = settingsFrom(Buffer.concat([bytes, Buffer.from(' ')]), folder);
    expect(settings).toEqual(DEFAULTS);
    expect(problems).toMatchObject([
      { code: 'settings-unreadable', message: expect.stringContaining(`${name}.`) },
    ]);
  }
  for (const name of aside) {
    expect(readFileSync(join(folder, name))).toEqual(Buffer.concat([bytes, Buffer.from(' ')]));
  }
});

test('a value that cannot be used falls back alone', () => {
  const { settings, problems } = settingsFrom(
    '{"name":"\\u202eAnn","theme":"dark","language":"tlh","notifications":7,"later":1}',
  );
  expect(settings).toEqual({ ...DEFAULTS, theme: 'dark' });
  expect(problems).toEqual([]);
});

test('a folder that cannot be is told of; settings last until the end', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const file = new SettingsFile(join(folder, 'file', 'data'));
  expect(file.problems).toMatchObject([{ code: 'data-dir-unwritable' }]);
  await expect(file.change({ name: 'Ann' })).rejects.toMatchObject({ code: 'data-dir-unwritable' });
  expect(file.settings.name).toBe('Ann');
});

test('a folder in the place of the file is told of', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'settings.json'));
  const file = new SettingsFile(folder);
  expect(file.settings).toEqual(DEFAULTS);
  expect(file.problems).toMatchObject([{ code: 'settings-unreadable' }]);
});

test('settings that may not be read are kept aside, not written over', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'settings.json');
  // As good as one without the right to read it, for who has every right: nothing leads out of it.
  symlinkSync(path, path);
  const file = new SettingsFile(folder);
  expect(file.problems).toMatchObject([{ code: 'settings-unreadable' }]);
  await file.change({ name: 'Ann' });
  expect(lstatSync(`${path}.damaged`).isSymbolicLink()).toBe(true);
  expect(new SettingsFile(folder).settings.name).toBe('Ann');
});

test('whatever is in the file, the settings can be used', () => {
  const folder = temporaryFolder();
  const nearly = fc
    .dictionary(
      fc.constantFrom('name', 'language', 'theme', 'notifications', '__proto__'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('Ann', 'dark', 'zh-CN', 'all')),
    )
    .map((value) => JSON.stringify(value));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), nearly), (text) => {
      const { settings } = settingsFrom(text, folder);
      expect(Object.keys(settings).toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
      expect(['system', 'en', 'zh-CN']).toContain(settings.language);
      expect(['system', 'light', 'dark']).toContain(settings.theme);
      expect(['off', 'mentions', 'all']).toContain(settings.notifications);
      expect(settings.name === null || settings.name !== '').toBe(true);
    }),
  );
});
