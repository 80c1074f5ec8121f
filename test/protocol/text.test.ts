import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEXT_MAX } from '../../main/protocol/limits.ts';
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
