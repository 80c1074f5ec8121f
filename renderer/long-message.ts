/** How much of a very long message is shown until one asks for the rest. */
import type { Piece } from './links.ts';

/** How many lines of a message are shown at once, and how many Latin letters make one. */
const LINES = 30;
const LINE = 72;
/** A message that is not much longer is shown whole. */
const SPARED = 6;

/** A letter of a script in which each takes about two places of a line. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u;

/**
 * The beginning of a very long message; the pieces themselves when they are not that long. A link is
 * never cut: it would lead elsewhere.
 */
export function beginning(pieces: readonly Piece[]): readonly Piece[] {
  const whole = pieces.map(({ text }) => text).join('');
  const end = endOfLines(whole, LINES);
  if (endOfLines(whole, LINES + SPARED) === whole.length) return pieces;
  const shown: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const left = end - at;
    at += piece.text.length;
    if (left >= piece.text.length) shown.push(piece);
    else if (left > 0 && piece.kind === 'text') {
      shown.push({ kind: 'text', text: piece.text.slice(0, left) });
    }
    if (at >= end) break;
  }
  return shown;
}

/** Where so many lines of a text end, in UTF-16 units. */
function endOfLines(text: string, lines: number): number {
  let left = lines * LINE;
  let at = 0;
  let column = 0;
  for (const character of text) {
    const width = WIDE.test(character) ? 2 : 1;
    // The rest of a line that is broken off is used up as well.
    const cost = character === '\n' ? LINE - (column % LINE) : width;
    if (left < cost) return at;
    column = character === '\n' ? 0 : column + width;
    left -= cost;
    at += character.length;
  }
  return at;
}
