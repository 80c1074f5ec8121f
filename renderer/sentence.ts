/** Sentences of a catalogue that are about people: their names stand in elements of their own. */
import { h } from './dom.ts';

/** Never a character of any text (Unicode 23.7), so no name can pass for one of them. */
const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';
const HOLE = /\ufdd0(\d+)\ufdd1/u;

/** Takes what stands in a sentence and gives what stands for it in the text. */
export type Put = (part: Node | string) => string;

/**
 * The nodes of a sentence. `write` builds its text from what `put` gives: whichever order a language
 * has, each part ends up in its place, and a text keeps its writing direction to itself.
 */
export function sentence(write: (put: Put) => string): readonly Node[] {
  const parts: Node[] = [];
  const text = write((part) => {
    const node = typeof part === 'string' ? h('bdi', {}, part) : part;
    return `${OPEN}${parts.push(node) - 1}${CLOSE}`;
  });
  return text.split(HOLE).flatMap((piece, at) => {
    if (at % 2 === 0) return piece === '' ? [] : [document.createTextNode(piece)];
    return parts.slice(Number(piece), Number(piece) + 1);
  });
}
