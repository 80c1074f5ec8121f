/**
 * How text is cut into words for searching. Scripts without spaces between words are indexed
 * character by character and searched as a phrase, so that one and two characters are found too.
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** A word, a run of digits, or one character of an unspaced script. */
const WORD = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/**
 * The words of a text: case, width and accents do not matter. The index takes them as they are, so
 * that what is found does not depend on the Unicode tables of one or the other.
 */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    // The only letter whose small form depends on where in a word it stands.
    .replaceAll('ς', 'σ');
  return folded.match(WORD) ?? [];
}

/** The text as the index gets it. */
export function indexed(text: string): string {
  return wordsOf(text).join(' ');
}

/**
 * What to ask the index for: every part of the query must occur, an unspaced run as a phrase, and
 * the last letters typed may be the beginning of a word. Null when there is nothing to look for.
 */
export function matchExpression(query: string): string | null {
  const parts = query.split(/\s+/).flatMap((part) => {
    const words = wordsOf(part);
    const last = words.at(-1);
    if (last === undefined) return [];
    return [`"${words.join(' ')}"${UNSPACED.test(last) ? '' : '*'}`];
  });
  return parts.length === 0 ? null : parts.join(' AND ');
}

/** The same question put to a single text, for where there is no index. */
export function matchesWords(query: string): (text: string) => boolean {
  const parts = query
    .split(/\s+/)
    .map(wordsOf)
    .filter((words) => words.length > 0);
  return (text) => {
    const words = ` ${wordsOf(text).join(' ')} `;
    return (
      parts.length > 0 &&
      parts.every((part) => {
        const phrase = ` ${part.join(' ')}`;
        return words.includes(UNSPACED.test(part.at(-1) ?? '') ? `${phrase} ` : phrase);
      })
    );
  };
}
