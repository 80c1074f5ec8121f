import { expect, test } from 'vitest';
import { linkPieces } from '../../renderer/links.ts';
import { beginning } from '../../renderer/long-message.ts';

const shown = (text: string) =>
  beginning(linkPieces(text))
    .map((piece) => piece.text)
    .join('');
const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`).join('\n');

test('a message that is not very long is shown whole', () => {
  for (const text of ['', 'hello', lines(36), 'x'.repeat(72 * 36)]) expect(shown(text)).toBe(text);
});

test.each([
  ['many lines', lines(4_000), 30],
  ['nothing but line breaks', '\n'.repeat(4_000), 30],
])('of %s about thirty are shown', (_, text, most) => {
  expect(text.startsWith(shown(text))).toBe(true);
  expect(shown(text).split('\n').length).toBeLessThanOrEqual(most + 1);
});

test('of one long line as much is shown as makes thirty, of wide letters half as many', () => {
  expect(shown('x'.repeat(4_000))).toHaveLength(72 * 30);
  expect(shown('字'.repeat(4_000))).toHaveLength(36 * 30);
});

test('neither a character nor a link is cut in two', () => {
  expect(shown('🦊'.repeat(4_000)).isWellFormed()).toBe(true);
  const link = `https://example.org/${'a'.repeat(500)}`;
  const text = `${'x'.repeat(72 * 30 - 20)} ${link} ${'y'.repeat(2_000)}`;
  expect(shown(text)).toBe(`${'x'.repeat(72 * 30 - 20)} `);
});
