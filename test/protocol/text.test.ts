import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEXT_MAX } from '../../main/protocol/limits.ts';
import { normalizeRoomName } from '../../main/protocol/names.ts';
import { normalizeText } from '../../main/protocol/text.ts';

test.for([
  ['O19: trimmed', ' \n hi \t\n', 'hi'],
  ['with its line breaks', 'a\n\nb', 'a\n\nb'],
  ['with Windows line breaks', 'a\r\nb\rc', 'a\nb\nc'],
  ['with half an emoji replaced', 'a\ud83d', 'a\ufffd'],
  ['with markup, which is text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['at its longest', 'x'.repeat(TEXT_MAX), 'x'.repeat(TEXT_MAX)],
  ['counted in code points', '🦊'.repeat(TEXT_MAX), '🦊'.repeat(TEXT_MAX)],
  ['counted after trimming', ` ${'x'.repeat(TEXT_MAX)} `, 'x'.repeat(TEXT_MAX)],
] as const)('S3: a text is taken %s', ([, raw, text]) => {
  expect(normalizeText(raw)).toEqual({ ok: true, text });
});

test.for([
  ['', 'text-empty'],
  [' \n\t ', 'text-empty'],
  ['x'.repeat(TEXT_MAX + 1), 'text-too-long'],
  ['🦊'.repeat(TEXT_MAX + 1), 'text-too-long'],
  ['x'.repeat(1_000_000), 'text-too-long'],
] as const)('S3: refused (%#)', ([raw, problem]) => {
  expect(normalizeText(raw)).toEqual({ ok: false, problem });
});

/** A text for each thing that shows as nothing; Unicode's names in the comments. */
const UNSEEN = [
  '\u200b', // zero width space
  '\u200b \u200b\n\u200b',
  '\ufeff\u2060\u200d\u200e\u202e', // byte order mark, word joiner, joiner, marks of direction
  '\u00ad', // soft hyphen
  '\u115f\u1160\u3164\uffa0', // Hangul fillers
  '\u180e\u180b', // Mongolian vowel separator and variation selector
  '\ufe0f', // variation selectors
  '\u{e0101}',
  '\u{e0067}\u{e0062}\u{e007f}', // tags
  '\u2800\u2800', // blank Braille pattern
  '\u0301', // marks alone
  '\u0e31',
  '\u0000\u001b\u0007', // controls
  '\ufff9\ufffb', // interlinear annotation
  '\u{1d159}', // null notehead
  '\u{1d173}\u{1bca0}', // formatting of music and shorthand
];

test.for(UNSEEN)('S3: %j has nothing to be seen and is refused', (raw) => {
  expect(normalizeText(raw)).toEqual({ ok: false, problem: 'text-empty' });
  expect(normalizeRoomName(raw).ok).toBe(false);
  expect(normalizeText(`${raw}x${raw}`).ok).toBe(true);
});

test.for(['.', '_', '…', '👍🏽', '🏴', '1️⃣', '\u25cc\u0301', '\ufffd', '\ue000', '\u0600', 'ㅤx'])(
  'S3: %j can be seen',
  (text) => {
    expect(normalizeText(text).ok).toBe(true);
  },
);

test('S3: whatever comes in, a text is within its bounds and stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
      const result = normalizeText(raw);
      if (!result.ok) return;
      expect(result.text.isWellFormed()).toBe(true);
      expect(result.text).not.toContain('\r');
      expect(normalizeText(result.text)).toEqual(result);
    }),
  );
});
