import { wordlist } from '@scure/bip39/wordlists/english.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintWords } from '../../main/identity/fingerprint.ts';

/** The id of the private key 1. */
const ONE = 'A2sX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW';

test('the words of a known id are those worked out by hand', () => {
  expect(fingerprintWords(ONE)).toEqual(['service', 'thank', 'alien', 'milk', 'stamp', 'raise']);
});

test('any id has six words of the list, and another id has others', () => {
  const first = fingerprintWords(ONE).join(' ');
  fc.assert(
    fc.property(fc.string(), (id) => {
      const words = fingerprintWords(id);
      expect(words).toHaveLength(6);
      for (const word of words) expect(wordlist).toContain(word);
      expect(words.join(' ')).not.toBe(first);
    }),
  );
});
