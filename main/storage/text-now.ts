import { classOf } from '../events/event.ts';
import type { Entry } from '../timeline/entry.ts';
import { project } from '../timeline/project.ts';

/**
 * What a message says after these edits and redactions, of which none is doubted; null for what is no message, says
 * nothing any more, or is of a kind that is not known.
 */
export function textNow(entry: Entry, changes: readonly Entry[]): string | null {
  if (classOf(entry.kind) !== 'message') return null;
  const { says } = project(entry, changes);
  return says.as === 'text' ? says.text : null;
}
