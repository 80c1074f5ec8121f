/** How a text is read when it is searched: by the database, and by a window that marks what matches. */
import { foldCase } from './fold-case.ts';

/** Scripts without spaces between words, in which a match may begin and end anywhere. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Letters that are not made of a letter and an accent, and how they are typed without their keys. */
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

/** A text in which case, width, accents and strokes do not matter. */
export function foldForSearch(text: string): string {
  const folded = foldCase(text.normalize('NFKD').replace(/\p{M}+/gu, ''));
  return folded.replace(TYPED, (letter) => TYPED_AS[letter] ?? letter);
}
