import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAME_MAX, ROOM_NAME_MAX } from '../../main/protocol/limits.ts';
import { lookTheSame } from '../support/look-the-same.ts';
import { freeName, nameKeys, normalizeName, normalizeRoomName } from '../../main/protocol/names.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
/** Texts that are often names. */
const nameLike = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 34 }),
  fc.stringMatching(/^[ a-zA-Zé0-9]{1,30}$/),
  fc.constantFrom('Ann', ' ann ', 'A nn', '李雷', '🦊', '👩‍👩‍👧', 'Zoe\u0308', 'ＡＮＮ', 'Ann 2'),
  fc.nat(31).map((before) => `${'x'.repeat(before)}🏴\u{e0067}\u{e0062}\u{e007f}`),
);
const name = nameLike.map(normalizeName).filter((result) => result.ok);

/** The black flag, with where it is from in tags, and their end. */
function flag(region: string, end = '\u{e007f}'): string {
  const tags = [...region].map((sign) =>
    String.fromCodePoint(0xe0000 + (sign.codePointAt(0) ?? 0)),
  );
  return `🏴${tags.join('')}${end}`;
}

test.for([
  ['trimmed', '  Ann \t', 'Ann'],
  ['with runs of spaces folded', 'Ann    Lee', 'Ann Lee'],
  ['in NFC', 'Zoe\u0308', 'Zo\u00eb'],
  ['as long as it may be', 'x'.repeat(NAME_MAX), 'x'.repeat(NAME_MAX)],
  ['counted in code points', '🦊'.repeat(NAME_MAX), '🦊'.repeat(NAME_MAX)],
  ['with joined emoji', '👩‍👩‍👧 family', '👩‍👩‍👧 family'],
  ['in Persian, with its non-joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
  ['in Chinese', '李雷', '李雷'],
  ['in Mongolian, with its vowel separator', 'ᠰᠠᠷ\u180eᠠ', 'ᠰᠠᠷ\u180eᠠ'],
  ['in Hindi, with its joiner', 'क्\u200dष', 'क्\u200dष'],
  ['in Tibetan', 'བསྟན་འཛིན', 'བསྟན་འཛིན'],
  ['in Hebrew, with points', 'שָׁלוֹם', 'ש\u05b8\u05c1לו\u05b9ם'],
  ['in Thai', 'น้ำฝน', 'น้ำฝน'],
  ['in Vietnamese, decomposed', 'Nguyê\u0303n', 'Nguyễn'],
  ['with a flag of letters', '🇩🇪 Ann', '🇩🇪 Ann'],
  ['with a flag of tags', `${flag('gbeng')}Ann`, `${flag('gbeng')}Ann`],
  ['with several of those', `${flag('gbsct')}${flag('gbwls')}`, `${flag('gbsct')}${flag('gbwls')}`],
  ['with a keycap', '1\ufe0f\u20e3', '1\ufe0f\u20e3'],
  ['with a shade of skin', '👍🏽', '👍🏽'],
  ['with a couple of two shades', '👩🏽\u200d❤\ufe0f\u200d👨🏿', '👩🏽\u200d❤\ufe0f\u200d👨🏿'],
  ['with a variation selector', '☂\ufe0f', '☂\ufe0f'],
  ['with markup, which is text', '<b>Ann</b>', '<b>Ann</b>'],
] as const)('N1, N2: a name is taken %s', ([, raw, normal]) => {
  expect(normalizeName(raw)).toEqual({ ok: true, name: normal });
});

describe('N2, N3: refused', () => {
  test.for([
    ['nothing', '', 'name-empty'],
    ['spaces', '   ', 'name-empty'],
    ['wide and no-break spaces', '\u3000\u00a0\u2003', 'name-empty'],
    ['joiners alone', '\u200c\u200d', 'name-empty'],
    ['a combining mark alone', '\u0301', 'name-empty'],
    ['a variation selector alone', '\ufe0f', 'name-empty'],
    ['the Hangul filler', '\u3164', 'name-empty'],
    ['the blank Braille pattern', '\u2800', 'name-empty'],
    ['zero-width spaces', '\u200b\u200b', 'name-not-allowed'],
    ['a zero-width space inside', 'An\u200bn', 'name-not-allowed'],
    ['a byte order mark', 'Ann\ufeffBo', 'name-not-allowed'],
    ['a right-to-left override', 'Ann\u202egnp.exe', 'name-not-allowed'],
    ['bidi isolates', '\u2066Ann\u2069', 'name-not-allowed'],
    ['a right-to-left mark', 'Ann\u200f', 'name-not-allowed'],
    ['a line break', 'An\nn', 'name-not-allowed'],
    ['a line separator', 'An\u2028n', 'name-not-allowed'],
    ['an escape sequence', '\u001b[31mAnn', 'name-not-allowed'],
    ['a flag of tags without an end', flag('gbeng', ''), 'name-not-allowed'],
    ['a flag of tags that goes on', flag('gbeng', 'A'), 'name-not-allowed'],
    ['a flag of tags that ends twice', `${flag('gbeng')}\u{e007f}`, 'name-not-allowed'],
    ['a flag with an end and no tags', flag(''), 'name-not-allowed'],
    ['tags on something else', flag('gbeng').replace('🏴', '🦊'), 'name-not-allowed'],
    ['tags on a letter', flag('gbeng').replace('🏴', 'A'), 'name-not-allowed'],
    ['a language tag', `A\u{e0001}${flag('en').slice(2)}`, 'name-not-allowed'],
    ['a Mongolian separator between others', 'A\u180en', 'name-not-allowed'],
    ['a Mongolian separator at an end', 'ᠰᠠᠷ\u180e', 'name-not-allowed'],
    ['a soft hyphen', 'An\u00adn', 'name-not-allowed'],
    ['marks piled up', `q${'\u0301'.repeat(5)}`, 'name-not-allowed'],
    ['a null', 'An\u0000n', 'name-not-allowed'],
    ['half of an emoji', 'An\ud83dn', 'name-not-allowed'],
    ['one character too many', 'x'.repeat(NAME_MAX + 1), 'name-too-long'],
    ['very long', 'x'.repeat(5_000), 'name-too-long'],
  ] as const)('%s', ([, raw, problem]) => {
    expect(normalizeName(raw)).toEqual({ ok: false, problem });
  });
});

test('N6: a room’s name follows the same rules with a longer bound', () => {
  expect(normalizeRoomName(' Lab  3 ')).toEqual({ ok: true, name: 'Lab 3' });
  expect(normalizeRoomName('会'.repeat(ROOM_NAME_MAX)).ok).toBe(true);
  expect(normalizeRoomName('x'.repeat(5_000))).toEqual({ ok: false, problem: 'name-too-long' });
  expect(normalizeRoomName('\u202eLab')).toEqual({ ok: false, problem: 'name-not-allowed' });
});

test('N1–N3: whatever comes in, a name is within its bounds and stays what it is', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, nameLike), (raw) => {
      const result = normalizeName(raw);
      if (!result.ok) return;
      expect([...result.name].length).toBeLessThanOrEqual(NAME_MAX);
      expect(result.name).not.toMatch(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
      for (const key of nameKeys(result.name)) expect(key).not.toMatch(/^(?:folded|seen):$/);
      expect(normalizeName(result.name)).toEqual(result);
    }),
    { numRuns: 2000 },
  );
});

test.for([
  ['Ann', 'ANN'],
  ['Ann Lee', 'AnnLee'],
  ['Ann Lee', 'Ann\u00a0Lee'],
  ['Ann', 'Ａｎｎ'],
  ['Zoë', 'Zoe\u0308'],
  ['می\u200cخواهم', 'میخواهم'],
  ['Straße 1', 'straße1'],
])('N4: %j and %j are one name to a reader', ([one, other]) => {
  expect(lookTheSame(one, other)).toBe(true);
});

test.for([
  ['Ann', 'Anna'],
  ['Zoë', 'Zoe'],
  ['Ann', 'Ann 2'],
  ['李雷', '李蕾'],
])('N4: %j and %j are two names', ([one, other]) => {
  expect(lookTheSame(one, other)).toBe(false);
});

test('N4: a taken name gets the first free number', () => {
  const taken = new Set(['Ann', 'ann 2'].flatMap(nameKeys));
  expect(freeName('Ann', (key) => taken.has(key))).toBe('Ann 3');
  expect(freeName('ANN', (key) => taken.has(key))).toBe('ANN 3');
  expect(freeName('Bo', (key) => taken.has(key))).toBe('Bo');
});

test.for([
  [`${'x'.repeat(28)}${flag('gbeng')}`, `${'x'.repeat(28)}🏴 2`],
  [`${'x'.repeat(23)}${flag('gbeng')}🦊🦊`, `${'x'.repeat(23)}${flag('gbeng')} 2`],
  [`${'ᠠ'.repeat(29)}\u180eᠠ`, `${'ᠠ'.repeat(29)} 2`],
] as const)('N4: a name that is cut for its number is still one (%#)', ([long, cut]) => {
  const taken = new Set(nameKeys(long));
  expect(freeName(long, (key) => taken.has(key))).toBe(cut);
  expect(normalizeName(cut)).toEqual({ ok: true, name: cut });
});

test('N4: however many want the same name, each gets one that is allowed and free', () => {
  fc.assert(
    fc.property(name, fc.integer({ min: 1, max: 30 }), ({ name: wanted }, people) => {
      const taken = new Set<string>();
      for (let person = 0; person < people; person += 1) {
        const given = freeName(wanted, (key) => taken.has(key));
        for (const key of nameKeys(given)) expect(taken).not.toContain(key);
        expect(normalizeName(given)).toEqual({ ok: true, name: given });
        for (const key of nameKeys(given)) taken.add(key);
      }
    }),
  );
});
