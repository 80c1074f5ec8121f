/** What a search shows of a message: the part around the first match, the matches marked. */
import { foldForSearch, UNSPACED } from '../main/model/search-folding.ts';

export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** How much stands before the first match, and in all, in UTF-16 units. */
const BEFORE = 40;
const LENGTH = 180;

/** The excerpt of a text for what was searched; without a match its beginning. */
export function excerpt(text: string, query: string): readonly Piece[] {
  const places = matches(text, query);
  const start = boundary(text, Math.max(0, (places[0]?.from ?? 0) - BEFORE));
  const end = boundary(text, Math.min(text.length, start + LENGTH));
  const pieces: Piece[] = [];
  let at = start;
  const add = (to: number, found: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), found });
    at = Math.max(at, to);
  };
  if (start > 0) pieces.push({ text: '…', found: false });
  for (const { from, to } of places) {
    if (from >= end) break;
    add(from, false);
    add(Math.min(to, end), true);
  }
  add(end, false);
  if (end < text.length) pieces.push({ text: '…', found: false });
  return pieces;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Where the words of the query stand, in order and apart: each as the beginning of a word. */
function matches(text: string, query: string): readonly Place[] {
  const folded = fold(text);
  const found: Place[] = [];
  for (const part of query.split(/\s+/)) {
    const words = fold(part).text.trim();
    if (words === '') continue;
    const wanted = ` ${words}`;
    for (let at = folded.text.indexOf(wanted); at !== -1;) {
      const from = folded.places[at + 1]?.from ?? 0;
      const to = folded.places[at + words.length]?.to ?? from;
      found.push({ from, to });
      at = folded.text.indexOf(wanted, at + 1);
    }
  }
  return joined(found.toSorted((a, b) => a.from - b.from));
}

function joined(places: readonly Place[]): readonly Place[] {
  const apart: Place[] = [];
  for (const place of places) {
    const before = apart.at(-1);
    if (before === undefined || place.from > before.to) apart.push(place);
    else apart[apart.length - 1] = { from: before.from, to: Math.max(before.to, place.to) };
  }
  return apart;
}

/**
 * A text as it is searched: case, width and accents do not matter, one space is between words and
 * around every character of an unspaced script. `places` says where each unit of it comes from.
 */
function fold(text: string): { readonly text: string; readonly places: readonly Place[] } {
  let folded = ' ';
  const places: Place[] = [{ from: 0, to: 0 }];
  let from = 0;
  for (const character of text) {
    const place = { from, to: from + character.length };
    const units = foldedCharacter(character);
    const last = places.at(-1);
    // An accent of its own belongs to the letter before it.
    if (units === '' && last !== undefined) places.splice(-1, 1, { ...last, to: place.to });
    for (const unit of units) {
      if (unit === ' ' && folded.endsWith(' ')) continue;
      folded += unit;
      for (let size = unit.length; size > 0; size -= 1) places.push(place);
    }
    from = place.to;
  }
  return { text: folded, places };
}

function foldedCharacter(character: string): string {
  const letters = foldForSearch(character).replace(/[^\p{L}\p{N}]+/gu, ' ');
  return UNSPACED.test(letters) ? ` ${letters} ` : letters;
}

/** A place at which no character is cut in two. */
function boundary(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
