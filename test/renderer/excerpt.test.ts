import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesWords } from '../../main/storage/search-words.ts';
import { excerpt } from '../../renderer/excerpt.ts';

/** The excerpt as one line, what is marked in brackets. */
function brief(text: string, query: string): string {
  return excerpt(text, query)
    .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
    .join('');
}

describe('what was searched is marked', () => {
  test.each([
    ['Lunch at noon?', 'lunch', '[Lunch] at noon?'],
    ['Lunch at noon?', 'noo lun', '[Lun]ch at [noo]n?'],
    ['a launch', 'lunch', 'a launch'],
    ['unlunch lunch', 'lunch', 'unlunch [lunch]'],
    ['see room-42, room 42', 'room-42', 'see [room-42], [room 42]'],
    ['Füße und Fusse', 'fuß', '[Füß]e und [Fuss]e'],
    ['die Straße, STRASSE, GROẞ', 'strasse gross', 'die [Straße], [STRASSE], [GROẞ]'],
    ['die Straße', 'stras', 'die [Straß]e'],
    ['Søren, Łódź', 'soren lod', '[Søren], [Łód]ź'],
    ['soren', 'SØR', '[sor]en'],
    ['IŞIK, ışık', 'isik', '[IŞIK], [ışık]'],
    ['ΟΔΟΣ οδος', 'οδοσ', '[ΟΔΟΣ] [οδος]'],
    ['oﬃce', 'off', '[oﬃ]ce'],
    ['cafe\u0301 CAFÉ', 'café', '[cafe\u0301] [CAFÉ]'],
    ['ＬＵＮＣＨ', 'lunch', '[ＬＵＮＣＨ]'],
    ['今天的午饭在哪里', '午饭', '今天的[午饭]在哪里'],
    ['今天的午饭在哪里', '午 哪里', '今天的[午]饭在[哪里]'],
    ['见lunch吧', 'lunch', '见[lunch]吧'],
    ['ха-ха', 'ХА', '[ха]-[ха]'],
    ['one one', 'on one', '[one] [one]'],
    ['🦊 fox 🦊', 'fox', '🦊 [fox] 🦊'],
    ['<b>bold</b>', 'b', '<[b]>[b]old</[b]>'],
    ['nothing here', '?!', 'nothing here'],
    ['nothing here', '', 'nothing here'],
  ])('%j for %j', (text, query, expected) => expect(brief(text, query)).toBe(expected));
});

test('whatever a search finds is marked', () => {
  const signs = [
    'a',
    'ß',
    'ẞ',
    'ss',
    'S',
    'æ',
    'Æ',
    'ø',
    'đ',
    'ı',
    'İ',
    'ﬁ',
    'ς',
    'Σ',
    'é',
    '今',
    ' ',
    '-',
  ];
  const text = fc.array(fc.constantFrom(...signs), { maxLength: 10 }).map((all) => all.join(''));
  const query = fc.oneof(
    text,
    fc.array(fc.constantFrom(...signs), { maxLength: 2 }).map((all) => all.join('')),
  );
  let found = 0;
  fc.assert(
    fc.property(text, query, (said, sought) => {
      if (!matchesWords(sought)(said)) return;
      found += 1;
      expect(
        excerpt(said, sought).some((piece) => piece.found),
        JSON.stringify([said, sought]),
      ).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(found).toBeGreaterThan(100);
});

describe('of a long message', () => {
  const long = `${'before '.repeat(100)}needle${' after'.repeat(100)}`;

  test('the part around the match is shown', () => {
    expect(brief(long, 'needle')).toMatch(/^….*before \[needle\] after.*…$/);
    expect(brief(long, 'needle').length).toBeLessThan(200);
  });

  test('the beginning is shown where nothing matches', () => {
    expect(brief(long, 'elsewhere')).toMatch(/^before before.*…$/);
  });

  test('no character is cut in two', () => {
    for (let before = 0; before < 4; before += 1) {
      const foxes = `${' '.repeat(before)}${'🦊'.repeat(200)} needle ${'🦊'.repeat(200)}`;
      for (const { text } of excerpt(foxes, 'needle')) expect(text.isWellFormed()).toBe(true);
    }
  });
});
