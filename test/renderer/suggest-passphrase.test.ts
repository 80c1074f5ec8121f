import { expect, test } from 'vitest';
import { suggestPassphrase } from '../../renderer/suggest-passphrase.ts';

test('a suggested passphrase can be read out and is another one each time', () => {
  const suggested = Array.from({ length: 200 }, suggestPassphrase);
  for (const passphrase of suggested) {
    expect(passphrase).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  }
  expect(new Set(suggested).size).toBe(suggested.length);
  expect(new Set(suggested.join('').replaceAll('-', '')).size, 'every letter comes up').toBe(31);
});
