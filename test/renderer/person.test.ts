import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { initial, memberColour, nameColour, PERSON_COLOURS } from '../../renderer/person.ts';

/** A member's id: 33 bytes, all but the first as good as random. */
function keyOf(n: number): string {
  const point = createHash('sha256').update(String(n)).digest();
  return Buffer.concat([Buffer.from([2]), point]).toString('base64url');
}

test('O3: a key and a name have their colours for ever', () => {
  const keys = ['A', 'B', '_'].map((letter) => letter.repeat(44));
  expect(keys.map(memberColour)).toEqual([0, 4, 3]);
  expect(['Lab', 'Studio', '会议室', '🦊'].map(nameColour)).toEqual([3, 9, 3, 3]);
});

test('case and width do not change the colour of a name', () => {
  expect(nameColour('LAB')).toBe(nameColour('lab'));
  expect(nameColour('Ｌａｂ')).toBe(nameColour('Lab'));
});

test.each([
  ['keys', (n: number) => memberColour(keyOf(n))],
  ['names', (n: number) => nameColour(`Room ${n}`)],
])('O3: %s use all the colours about evenly', (_, colourOf) => {
  const counts = Array.from({ length: PERSON_COLOURS }, () => 0);
  for (let n = 0; n < 1_200; n += 1) {
    const colour = colourOf(n);
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(50);
});

test.each([
  ['ann', 'A'],
  [' bo', 'B'],
  ['陈思远', '陈'],
  ['🏴‍☠️ Pirate', '🏴‍☠️'],
  ['é', 'É'],
  ['', ''],
])('the badge of %j shows %j', (name, letter) => expect(initial(name)).toBe(letter));
