/** An entry as text, wherever there is no window: files and terminals. */
import type { Entry, SaidEntry } from '../../preload/contract.ts';
import { actLine } from './act-line.ts';
import { oneLine, printable } from './printable.ts';

/** Marks an entry that is not to be taken for its author's. */
export const NOT_VERIFIED = '⚠ not verified';

/**
 * What follows the time in an entry's line: `Ann: Hello`, or `* Ann banned Bob`. Further lines of
 * what was said begin with `indent`, so that they are not taken for another entry.
 */
export function entryLine(entry: Entry, indent: string): string {
  const mark = entry.doubt === undefined ? '' : `${NOT_VERIFIED} · `;
  if (entry.kind === 'act') return `${mark}* ${actLine(entry)}`;
  if (entry.struck) return `${mark}* ${struckLine(entry)}`;
  return `${mark}${oneLine(entry.name)}: ${printable(entry.text).replaceAll('\n', `\n${indent}`)}`;
}

/** What stands in the place of a removed message (M4). */
export function struckLine({ name }: SaidEntry): string {
  return `A message of ${oneLine(name)} was removed`;
}
