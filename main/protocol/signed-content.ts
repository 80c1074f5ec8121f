import type { ActName } from './messages.ts';

/** What an author vouches for, before it has a place in the log (E1). */
export type Signed =
  | {
      readonly kind: 'said';
      readonly id: string;
      readonly written: number;
      readonly text: string;
    }
  | {
      readonly kind: 'act';
      readonly id: string;
      readonly written: number;
      readonly act: ActName;
      readonly on: string;
    };

/**
 * The text an author signs, in UTF-8 (E1). Ids have no line breaks (S2) and what may have some
 * comes last, so that no two entries have the same content.
 */
export function signedContent(room: string, entry: Signed): string {
  const head = [`lanyard ${entry.kind} 1`, room, entry.id, entry.written];
  const rest = entry.kind === 'said' ? [entry.text] : [entry.act, entry.on];
  return [...head, ...rest].join('\n');
}
