/** What a reader sees of a text, and what shows as nothing (N3, S3). */

/**
 * White space, controls, invisible characters, which Hangul fillers, soft hyphens, tags and variation
 * selectors are among, and what has a glyph without ink: the blank Braille pattern and the null notehead.
 */
const INKLESS =
  '\\p{White_Space}\\p{Cc}\\p{Default_Ignorable_Code_Point}\\u2800\\ufff9-\\ufffb\\u{1d159}\\u{13430}-\\u{1343f}';

/** Marks need a letter to stand on. */
const SEEN = new RegExp(`[^${INKLESS}\\p{M}]`, 'u');

const GAPS = new RegExp(`[${INKLESS}]+`, 'gu');

/** True when something of a text can be seen. */
export function canBeSeen(text: string): boolean {
  return SEEN.test(text);
}

/** A text without whatever shows as nothing or as a gap; marks stay. */
export function withoutGaps(text: string): string {
  return text.replace(GAPS, '');
}
