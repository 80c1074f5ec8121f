import { expect, test } from 'vitest';
import { initial, PERSON_COLOURS, personColour } from '../../renderer/person.ts';

test('O3: a name has its colour for ever', () => {
  expect(['Ann', 'Bo', '陈思远', '🦊'].map(personColour)).toEqual([5, 8, 4, 3]);
});

test('O3: case and width do not change a colour', () => {
  expect(personColour('ANN')).toBe(personColour('ann'));
  expect(personColour('Ａｎｎ')).toBe(personColour('Ann'));
});

test('O3: names use all the colours about evenly', () => {
  const counts = Array.from({ length: PERSON_COLOURS }, () => 0);
  for (let n = 0; n < 1_200; n += 1) {
    const colour = personColour(`Person ${n}`);
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
