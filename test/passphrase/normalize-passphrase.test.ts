import { expect, test } from 'vitest';
import { PASSPHRASE_MAX, normalizePassphrase } from '../../main/passphrase/normalize-passphrase.ts';

test.for([
  ['as it is', 'correct horse', 'correct horse'],
  ['trimmed', '\t correct horse\n', 'correct horse'],
  ['with its inner spaces', 'a  b', 'a  b'],
  ['with its case', 'Horse', 'Horse'],
  ['from full-width keys', '会议室　ＡＢ１２', '会议室 AB12'],
  ['composed', 'Zoe\u0308 か\u3099くせい', 'Zoë がくせい'],
  ['as long as it may be, in code points', '🦊'.repeat(128), '🦊'.repeat(128)],
] as const)('K3: a passphrase is taken %s', ([, raw, passphrase]) => {
  expect(normalizePassphrase(raw)).toEqual({ ok: true, passphrase });
});

test.for([
  ['nothing', '', 'passphrase-empty'],
  ['wide spaces', '\u3000\u3000', 'passphrase-empty'],
  ['one character too many', 'x'.repeat(PASSPHRASE_MAX + 1), 'passphrase-too-long'],
  ['one that gets too long', '\ufdfa'.repeat(8), 'passphrase-too-long'],
] as const)('K3: refused is %s', ([, raw, problem]) => {
  expect(normalizePassphrase(raw)).toEqual({ ok: false, problem });
});
