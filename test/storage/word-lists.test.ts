import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesWords } from '../../main/storage/search-words.ts';
import { listsOf, placesIn, soughtFor } from '../../main/storage/word-lists.ts';

/** Few letters, so that queries find something; of several scripts, and some that fold into others. */
const SIGNS = [
  'a',
  'ab',
  'B',
  'é',
  'ſ',
  'ß',
  'SS',
  'æ',
  'ı',
  '今',
  '天',
  '㍿',
  '株',
  'の',
  'ก',
  '𠀀',
  '9',
  ' ',
  '-',
];
const WORDS = (maxLength: number) =>
  fc.array(fc.constantFrom(...SIGNS), { maxLength }).map((parts) => parts.join(''));
const TEXT = fc.oneof(
  { weight: 4, arbitrary: WORDS(8) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const QUERY = fc.oneof({ weight: 4, arbitrary: WORDS(2) }, { weight: 1, arbitrary: TEXT });

test('the lists of a block give the place of every text that matches', () => {
  let given = 0;
  fc.assert(
    fc.property(fc.array(TEXT, { minLength: 30, maxLength: 40 }), QUERY, (texts, query) => {
      const places = placesOf(texts, query);
      const matches = matchesWords(query);
      for (const [place, text] of texts.entries()) {
        if (matches(text)) {
          expect(places.has(place), JSON.stringify([text, query])).toBe(true);
          given += 1;
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(given).toBeGreaterThan(100);
});

test('every place can be told', () => {
  const texts = Array.from(
    { length: 4_096 },
    (_, place) => `all ${place % 2 === 0 ? 'even' : 'odd'}`,
  );
  expect(placesOf(texts, 'all').size).toBe(4_096);
  expect([...placesOf(texts, 'al odd')].slice(-2)).toEqual([4_093, 4_095]);
});

test('a word is not taken for the beginning of another, nor for the middle of one', () => {
  const texts = ['coffee 今天', 'office', '天今', 'co'];
  expect([...placesOf(texts, 'co')]).toEqual([0, 3]);
  expect([...placesOf(texts, 'co-')]).toEqual([0, 3]);
  expect([...placesOf(texts, 'co-coffee')]).toEqual([]);
  expect([...placesOf(texts, '今天')]).toEqual([0]);
  expect([...placesOf(texts, 'ffee')]).toEqual([]);
});

/** Where everything that a query looks for is. */
function placesOf(texts: readonly string[], query: string): ReadonlySet<number> {
  const lists = listsOf(texts.entries());
  let places: ReadonlySet<number> | null = null;
  for (const { list, head } of soughtFor(query)) {
    places = placesIn(lists[list] ?? expect.unreachable(), head, places);
  }
  return places ?? new Set();
}
