/** The colours and letters of people and rooms: the same in every session and on every device (O3). */
import type { MemberId } from '../main/model/member.ts';
import { keyBytes } from './key-bytes.ts';

/** How many colours `--person-0` … there are in styles/tokens.css. */
export const PERSON_COLOURS = 12;

/** Which of the colours somebody has: their key's, so that no rename changes it and no name takes it. */
export function memberColour(id: MemberId): number {
  return (keyBytes(id)[0] ?? 0) % PERSON_COLOURS;
}

/** Which of the colours a room has, by its name. */
export function nameColour(name: string): number {
  // FNV-1a, and then a mix of its high bits into the low ones, which alone hardly tell names apart.
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(name.normalize('NFKC').toLowerCase())) {
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % PERSON_COLOURS;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first thing one sees of a name, whole: a letter, a Chinese character, an emoji. */
export function initial(name: string): string {
  for (const { segment } of graphemes.segment(name.trim())) return segment.toLocaleUpperCase();
  return '';
}
