/** A small picture of a key: two that differ can be told apart at a glance. Not proof, the words are. */
import type { MemberId } from '../../main/model/member.ts';
import { keyBytes } from '../key-bytes.ts';
import { PERSON_COLOURS } from '../person.ts';
import { svg } from '../svg.ts';

/** Cells across and down; the right half mirrors the left. */
const SIZE = 5;
const HALF = Math.ceil(SIZE / 2);

/** How many cells out of four stay empty. */
const EMPTY = 2;

/**
 * Draws the picture of a member's id, always the same: about 35 bits of it. With a `label` a screen
 * reader is told it, without one the picture is for the eyes only.
 */
export function keyPicture(id: MemberId, label?: string): SVGElement {
  const bytes = keyBytes(id);
  const [first = 0, distance = 0, ...cells] = bytes;
  const picture = svg('svg', {
    viewBox: `-1 -1 ${SIZE + 2} ${SIZE + 2}`,
    class: 'key-picture',
    ...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }),
  });
  picture.append(
    svg('path', { class: 'first', d: pathOf(cells, (kind) => kind === EMPTY) }),
    svg('path', { class: 'second', d: pathOf(cells, (kind) => kind > EMPTY) }),
  );
  const colour = first % PERSON_COLOURS;
  // Neighbours on the wheel look alike.
  const other = (colour + 3 + (distance % (PERSON_COLOURS - 5))) % PERSON_COLOURS;
  picture.style.setProperty('--first', `var(--person-${colour})`);
  picture.style.setProperty('--second', `var(--person-${other})`);
  return picture;
}

/** The outlines of the cells of one kind, 0 to 3. */
function pathOf(cells: readonly number[], has: (kind: number) => boolean): string {
  const squares: string[] = [];
  for (let row = 0; row < SIZE; row += 1) {
    for (let column = 0; column < HALF; column += 1) {
      if (!has((cells[row * HALF + column] ?? 0) % 4)) continue;
      for (const x of new Set([column, SIZE - 1 - column])) squares.push(`M${x} ${row}h1v1h-1z`);
    }
  }
  return squares.join('');
}
