/** An entry as text, wherever there is no window: files and terminals. */
import type { CheckedEntry, SaidEntry } from '../model/entry.ts';
import { canBeSeen } from '../protocol/visible.ts';
import { actLine } from './act-line.ts';
import { oneLine, printable } from './printable.ts';

/** Marks an entry that is not to be taken for its author's. */
export const NOT_VERIFIED = '⚠ not verified';

/**
 * What follows the time in an entry's line: `Ann: Hello`, or `* Ann banned Bob`. Further lines of
 * what was said begin with `indent`, so that they are not taken for another entry.
 */
export function entryLine(entry: CheckedEntry, indent: string): string {
  const mark = entry.doubt === undefined ? '' : `${NOT_VERIFIED} · `;
  if (!isReadable(entry)) return `${mark}* ${quietLine(entry)}`;
  return `${mark}${oneLine(entry.name)}: ${printable(entry.text).replaceAll('\n', `\n${indent}`)}`;
}

/** True for a message with something to read in it. */
export function isReadable(entry: CheckedEntry): entry is SaidEntry {
  return entry.kind === 'said' && !entry.redacted && !entry.unknown && canBeSeen(entry.text);
}

/** What is told of every other entry: what was done, or what became of a message (M4, S3). */
export function quietLine(entry: CheckedEntry): string {
  if (entry.kind === 'act') return actLine(entry);
  const whose = `A message of ${oneLine(entry.name)}`;
  if (entry.unknown) {
    return entry.text === ''
      ? `${whose} is of a kind that this Lanyard does not know`
      : `${oneLine(entry.name)}: ${oneLine(entry.text)}`;
  }
  return entry.redacted ? `${whose} was removed` : `${whose} has nothing in it that can be seen`;
}
