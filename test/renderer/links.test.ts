import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkPieces } from '../../renderer/links.ts';

const links = (text: string) =>
  linkPieces(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));

describe('what is a link', () => {
  test.each([
    ['see https://example.org/a?b=c#d and http://10.0.0.1:8080', 2],
    ['HTTPS://EXAMPLE.ORG', 1],
    ['http://[fe80::1]:47100/x', 1],
    ['https://例子.中国/路径', 1],
    ['https://a.example,https://b.example', 1],
  ])('%s', (text, count) => expect(links(text)).toHaveLength(count));
});

describe('O20: what is none', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'www.example.org',
    'https://',
    'http:// example.org',
    'https://bank.example@evil.example',
    'ftp://example.org',
  ])('%s', (text) => expect(links(text)).toEqual([]));
});

describe('where a link ends', () => {
  test.each([
    ['Look at https://example.org.', 'https://example.org'],
    ['(see https://example.org/a)', 'https://example.org/a'],
    [
      'https://en.wikipedia.org/wiki/Lanyard_(rope)',
      'https://en.wikipedia.org/wiki/Lanyard_(rope)',
    ],
    ['https://example.org/?!', 'https://example.org/'],
    ['请看https://example.org/路。谢谢', 'https://example.org/路'],
    ['https://example.org，好', 'https://example.org'],
    ['<https://example.org>', 'https://example.org'],
    ['"https://example.org/x"', 'https://example.org/x'],
    ['https://example.org/a_b_', 'https://example.org/a_b'],
    ['[https://example.org/a]', 'https://example.org/a'],
  ])('%s', (text, link) => expect(links(text)).toEqual([link]));
});

test('no character is lost, whatever is said', () => {
  const text = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('https://', 'http://a', '(', ')', '.', '，', ' ', '@')),
  );
  fc.assert(
    fc.property(text, (parts) => {
      const said = parts.join('');
      const pieces = linkPieces(said);
      expect(pieces.map((piece) => piece.text).join('')).toBe(said);
      for (const piece of pieces) {
        if (piece.kind === 'link') expect(piece.href).toMatch(/^https?:/);
      }
    }),
  );
});

test('a link ends where the writing direction is turned around', () => {
  const text = 'https://example.org/\u202egpj.exe';
  expect(linkPieces(text)).toEqual([
    { kind: 'link', text: 'https://example.org/', href: 'https://example.org/' },
    { kind: 'text', text: '\u202egpj.exe' },
  ]);
});
