/**
 * How text is cut into words for searching. Scripts without spaces between words are cut into
 * characters and searched as a phrase, so that one and two characters are found too.
 */
import { foldForSearch, UNSPACED } from '../model/search-folding.ts';

/** A word, a run of digits, or one character of an unspaced script. */
const WORD = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/** The words of a text: case, width, accents and strokes do not matter. */
export function wordsOf(text: string): string[] {
  return foldForSearch(text).match(WORD) ?? [];
}

/** The first character of an unspaced script, which is a Thai one. */
const FIRST_UNSPACED = 0xe01;

/** True for a character of a script that has no spaces between words. */
export function isUnspaced(word: string): boolean {
  // Most words are told apart without the slow way.
  return word.charCodeAt(0) >= FIRST_UNSPACED && UNSPACED.test(word);
}

/** The parts of a query: each is words that follow each other in what is looked for. */
export function partsOf(query: string): readonly (readonly string[])[] {
  const parts = query.split(/\s+/).map(wordsOf);
  return parts.filter((words) => words.length > 0);
}

/**
 * Whether a text is what a query looks for: every part of the query must occur, and the last
 * letters of one may be the beginning of a word. Nothing is found where there is nothing to look for.
 */
export function matchesWords(query: string): (text: string) => boolean {
  const phrases = partsOf(query).map((part) => {
    const phrase = ` ${part.join(' ')}`;
    return isUnspaced(part.at(-1) ?? '') ? `${phrase} ` : phrase;
  });
  return (text) => {
    const words = ` ${wordsOf(text).join(' ')} `;
    return phrases.length > 0 && phrases.every((phrase) => words.includes(phrase));
  };
}
