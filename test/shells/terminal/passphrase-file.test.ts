import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPipes } from '../../../main/shells/terminal/piped-screen.ts';
import { passphraseFrom } from '../../../main/shells/terminal/passphrase-file.ts';
import { testFolder } from '../../storage/folder.ts';

/** Nothing is typed here. */
const screen = openPipes();
screen.close();

/** The passphrase in a file with these bytes. */
function readFrom(bytes: string | Uint8Array): Promise<string> {
  const file = join(testFolder(), 'passphrase');
  writeFileSync(file, bytes);
  return passphraseFrom(file, screen);
}

test.each([
  ['a line of its own', 'sésame\nnone of it'],
  ['a line of Windows', 'sésame\r\nnone of it'],
  ['no end', 'sésame'],
  ['a byte order mark', '\ufeffsésame\r\n'],
  ['UTF-16', Buffer.from('\ufeffsésame\r\nnone of it', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffsésame\r\n', 'utf16le').swap16()],
  ['what is no text behind it', Buffer.concat([Buffer.from('sésame\n'), Buffer.of(0xff)])],
  ['a character that is cut behind it', `sésame\n${'é'.repeat(5_000)}`],
])('the first line of a file with %s', async (_what, bytes) => {
  expect(await readFrom(bytes)).toBe('sésame');
});

test('an empty file has an empty one', async () => {
  expect(await readFrom('')).toBe('');
});

test('what is no text is none', async () => {
  await expect(readFrom(Buffer.from('s\xe9same\n', 'latin1'))).rejects.toMatchObject({
    code: 'passphrase-unreadable',
    message: expect.stringContaining('UTF-8'),
  });
});

test('nor is a folder', async () => {
  const folder = join(testFolder(), 'passphrase');
  mkdirSync(folder);
  await expect(passphraseFrom(folder, screen)).rejects.toMatchObject({
    code: 'passphrase-unreadable',
    message: expect.stringContaining('EISDIR'),
  });
});
