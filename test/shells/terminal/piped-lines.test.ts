import { PassThrough, Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LanyardError } from '../../../main/errors.ts';
import { PipedLines } from '../../../main/shells/terminal/piped-lines.ts';

/** Everything that is said of these chunks: lines, and codes in the place of some. */
async function linesOf(...chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  const lines = new PipedLines(Readable.from(chunks, { objectMode: false }));
  const all: string[] = [];
  for (;;) {
    try {
      const line = await lines.next();
      if (line === null) return all;
      if (line !== '') all.push(line);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      all.push(`(${error.code})`);
    }
  }
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const utf16le = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const utf16be = (text: string) => utf16le(text).swap16();

/** A chunk for each byte. */
const byteByByte = (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte));

test('every line has an end of its own, and the last one none', async () => {
  expect(await linesOf(utf8('one\ntwo\r\nthree\rfour'))).toEqual(['one', 'two', 'three', 'four']);
});

test('whatever is piped in, in whatever pieces, comes out line by line', async () => {
  const words = fc
    .string({ unit: 'binary', maxLength: 20 })
    .map((text) => text.toWellFormed().replaceAll(/[\r\n\ufeff]/g, ''));
  const ending = fc.constantFrom('\n', '\r\n', '\r');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(words, ending), { maxLength: 10 }),
      fc.constantFrom(utf8, utf16le, utf16be),
      fc.integer({ min: 1, max: 7 }),
      async (lines, encode, size) => {
        const bytes = encode(lines.map(([line, end]) => line + end).join(''));
        const chunks = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
        expect(await linesOf(...chunks)).toEqual(lines.flatMap(([line]) => line || []));
      },
    ),
  );
});

describe('a byte order mark is no text', () => {
  test.each([
    ['UTF-8', utf8('\ufeffone\ntwo')],
    ['UTF-16', utf16le('one\ntwo')],
    ['UTF-16, big end first', utf16be('one\ntwo')],
  ])('%s', async (_name, bytes) => {
    expect(await linesOf(bytes)).toEqual(['one', 'two']);
    expect(await linesOf(...byteByByte(bytes))).toEqual(['one', 'two']);
  });
});

test('a line that is no text is left out, and told of', async () => {
  const latin1 = Buffer.from('caf\xe9\n', 'latin1');
  const lines = await linesOf(utf8('before\n'), latin1, utf8('after\n'));
  expect(lines).toEqual(['before', '(input-not-text)', 'after']);
});

test('of a line that does not end no more than a part is kept', async () => {
  const much = Array.from({ length: 100 }, () => utf8('x'.repeat(10_000)));
  const lines = await linesOf(utf8('before\n'), ...much, utf8('\nafter'));
  expect(lines).toEqual(['before', '(text-too-long)', 'after']);
});

test('a NUL is a character like any other', async () => {
  expect(await linesOf(utf8('a\0b\n'))).toEqual(['a\0b']);
});

test('what cannot be read is told of, after what could', async () => {
  const input = new PassThrough();
  const lines = new PipedLines(input);
  input.write('one\n');
  expect(await lines.next()).toBe('one');
  input.destroy(Object.assign(new Error('read'), { code: 'EISDIR' }));
  await expect(lines.next()).rejects.toMatchObject({
    code: 'input-unreadable',
    message: expect.stringContaining('(EISDIR)'),
  });
  expect(await lines.next()).toBeNull();
});

test('what was read and not asked for is counted, but for blank lines', async () => {
  const lines = new PipedLines(Readable.from([utf8('one\n\n  \ntwo\n\xffthree\nfour')]));
  expect(await lines.next()).toBe('one');
  expect(lines.leaveRest()).toBe(3);
});

test('it reads ahead, but not without end', async () => {
  const input = new PassThrough({ highWaterMark: 64 * 1024 });
  const lines = new PipedLines(input);
  let written = 0;
  while (input.write(`${'x'.repeat(999)}\n`.repeat(60)) || !input.isPaused()) {
    written += 60;
    await new Promise(setImmediate);
  }
  expect(written).toBeGreaterThan(1_000);
  expect(written).toBeLessThan(10_000);
  for (let line = 0; line < written; line += 1) expect(await lines.next()).toHaveLength(999);
});
