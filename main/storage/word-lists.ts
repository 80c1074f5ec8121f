/**
 * Which words are said where in a block of texts, as bytes. The words are spread over lists by
 * their first letter, so that whoever looks for the beginning of a word reads one list.
 *
 * In a list, a word is a newline, the word, a tab, and its places in the block in two signs each,
 * all of it UTF-8. It is read as latin1, one character a byte, which is ten times as fast.
 */
import { isUnspaced, partsOf, wordsOf } from './search-words.ts';

/** Into how many lists the words of a block are spread; the schema counts on it. */
export const LISTS = 128;

/** The first of the 64 signs that places are written with. */
const ZERO = '0'.charCodeAt(0);

/** What a list must have in it for its places to be looked at. */
export interface Sought {
  /** The number of the list. */
  readonly list: number;
  /** How the word begins there, as bytes. */
  readonly head: string;
}

/** The lists of a block, by number. A text's place in the block is below 4,096. */
export function listsOf(texts: Iterable<readonly [place: number, text: string]>): Buffer[] {
  const places = new Map<string, string[]>();
  for (const [place, text] of texts) {
    const signs = String.fromCharCode(ZERO + (place >> 6), ZERO + (place & 63));
    const words = wordsOf(text);
    for (const word of words.some(isUnspaced) ? [...words, ...pairsOf(words)] : words) {
      const known = places.get(word);
      if (!known) places.set(word, [signs]);
      else if (known.at(-1) !== signs) known.push(signs);
    }
  }
  const lists = Array.from({ length: LISTS }, (): string[] => []);
  for (const [word, at] of places) lists[listFor(word)]?.push('\n', word, '\t', ...at);
  return lists.map((list) => Buffer.from(list.join('')));
}

/**
 * What to look for in the lists, the rarest first as far as one can guess. A text that matches the
 * query has all of it; one that has all of it may still not match.
 */
export function soughtFor(query: string): readonly Sought[] {
  const heads = partsOf(query).flatMap((words) => {
    const pairs = pairsOf(words).map((pair) => `${pair}\t`);
    const singles = words.flatMap((word, index) => {
      if (isUnspaced(word)) return pairs.length > 0 ? [] : `${word}\t`;
      // The last letters typed may be the beginning of a word.
      return index === words.length - 1 ? word : `${word}\t`;
    });
    return [...pairs, ...singles];
  });
  return [...new Set(heads)]
    .toSorted((a, b) => b.length - a.length)
    .map((head) => ({ list: listFor(head), head: `\n${bytesOf(head)}` }));
}

/** The places a list gives for what is sought; those that are `among` others, when there are others. */
export function placesIn(
  list: Buffer,
  head: string,
  among: ReadonlySet<number> | null = null,
): ReadonlySet<number> {
  const places = new Set<number>();
  const first = list.indexOf(head, 0, 'latin1');
  // Most lists do not have it: they need not become text.
  if (first === -1) return places;
  const text = list.toString('latin1', first);
  for (let word = 0; word !== -1; word = text.indexOf(head, word + 1)) {
    const next = text.indexOf('\n', word + 1);
    const end = next === -1 ? text.length : next;
    for (let at = text.indexOf('\t', word) + 1; at < end; at += 2) {
      const place = ((text.charCodeAt(at) - ZERO) << 6) | (text.charCodeAt(at + 1) - ZERO);
      if (!among || among.has(place)) places.add(place);
    }
  }
  return places;
}

/** In unspaced scripts, two characters that follow each other: one alone says little. */
function pairsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1];
    return next !== undefined && isUnspaced(word) && isUnspaced(next) ? [word + next] : [];
  });
}

/** Of letters, the low bits differ most. */
function listFor(word: string): number {
  return word.charCodeAt(0) % LISTS;
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
