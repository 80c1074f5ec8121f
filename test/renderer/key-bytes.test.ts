import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyBytes } from '../../renderer/key-bytes.ts';

const random = createHash('sha256').update('a key').digest();
const idWith = (first: number) =>
  Buffer.concat([Buffer.from([first]), random]).toString('base64url');

test('I1: of an id all is used but its first byte, which is one of two', () => {
  expect(keyBytes(idWith(2))).toEqual([...random]);
  expect(keyBytes(idWith(3))).toEqual([...random]);
});

test.each(['', 'a', '‮💥', 'x'.repeat(44).replace('x', '!'), 'x'.repeat(10_000)])(
  'whatever %j is, it gives 32 bytes, always the same',
  (id) => {
    const bytes = keyBytes(id);
    expect(bytes).toHaveLength(32);
    expect(bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256)).toBe(true);
    expect(keyBytes(id)).toEqual(bytes);
  },
);

test('texts that are no ids differ too', () => {
  expect(keyBytes('a')).not.toEqual(keyBytes('b'));
});
