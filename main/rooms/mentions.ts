import { foldCase } from '../model/fold-case.ts';

/** True when a text has a person's name in it: as a word of its own, whatever the case. */
export function mentions(text: string, name: string): boolean {
  const folded = fold(text);
  const wanted = fold(name);
  if (wanted === '') return false;
  for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const continued =
      joins(folded.slice(at - 1, at), wanted.charAt(0)) ||
      joins(wanted.slice(-1), folded.charAt(end));
    if (!continued) return true;
  }
  return false;
}

function fold(text: string): string {
  return foldCase(text.normalize('NFKC'));
}

/** Letters and digits, except of scripts that put no spaces between words. */
const SPACED =
  /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}_]$/u;

/** True when two neighbouring characters belong to one word. */
function joins(left: string, right: string): boolean {
  return SPACED.test(left) && SPACED.test(right);
}
