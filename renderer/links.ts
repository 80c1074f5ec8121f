/** A piece of a message: text as it is, or an address that can be opened. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/**
 * Where a link may start; what surrounds it in CJK text has no spaces. Characters that turn the
 * writing direction around end it: they would make an address look like another one.
 */
const CANDIDATE =
  /https?:\/\/[^\s<>"'`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u3000-\u303f\uff00-\uffef]+/giu;

/** Punctuation that ends a sentence rather than an address. */
const TRAILING = new Set('.,;:!?…*_~');

/** Splits a text into what is plain and what is an http or https link. Loses no character. */
export function linkPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const link = trimmed(match[0]);
    const href = hrefOf(link);
    if (href === null) continue;
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push({ kind: 'link', text: link, href });
    end = match.index + link.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** Without final punctuation and brackets that opened before it: "(see https://example.org)." */
function trimmed(candidate: string): string {
  const surplus = new Map([
    [')', count(candidate, ')') - count(candidate, '(')],
    [']', count(candidate, ']') - count(candidate, '[')],
  ]);
  let end = candidate.length;
  for (; end > 0; end -= 1) {
    const character = candidate.charAt(end - 1);
    const closing = surplus.get(character) ?? 0;
    if (closing > 0) surplus.set(character, closing - 1);
    else if (!TRAILING.has(character)) break;
  }
  return candidate.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(link: string): string | null {
  const url = URL.parse(link);
  const web = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  // A name before the host ("https://bank.example@evil.example") only ever hides where it goes.
  return web && url.hostname !== '' && url.username === '' ? url.href : null;
}
