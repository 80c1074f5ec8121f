import { foldCase } from '../fold-case.ts';

/**
 * How text is cut into words for searching. Scripts without spaces between words are cut into
 * characters and searched as a phrase, so that one and two characters are found too.
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** A word, a run of digits, or one character of an unspaced script. */
const WORD = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/** Letters that are not made of a letter and an accent, and how one types them without their keys. */
const TYPED_AS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
};

const TYPED = new RegExp(`[${Object.keys(TYPED_AS).join('')}]`, 'g');

/** The words of a text: case, width, accents and strokes do not matter. */
export function wordsOf(text: string): string[] {
  const folded = foldCase(text.normalize('NFKD').replace(/\p{M}+/gu, ''));
  return folded.replace(TYPED, (letter) => TYPED_AS[letter] ?? letter).match(WORD) ?? [];
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
