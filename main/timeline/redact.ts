/** What a redaction takes away, in every copy alike (M4). */
import { referred } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import type { Entry } from './entry.ts';

/**
 * The ids of the items that lose their bodies to these redactions: what each is about and all that
 * was done to that, among `relationsTo` those targets.
 */
export function idsGone(
  redactions: readonly Pick<Entry, 'kind' | 'references'>[],
  relationsTo: (ids: readonly string[]) => readonly Entry[],
): readonly string[] {
  const targets = redactions.flatMap((each) =>
    each.kind === redaction.name ? (referred(each, 'to') ?? []) : [],
  );
  if (targets.length === 0) return [];
  const related = relationsTo(targets).filter(({ kind }) => kind !== redaction.name);
  return [...targets, ...related.map(({ id }) => id)];
}

/** Those of these items that were redacted before they came (X17). */
export function goneBefore(
  entries: readonly Entry[],
  relationsTo: (ids: readonly string[]) => readonly Entry[],
): readonly string[] {
  if (entries.length === 0) return [];
  const ids = new Set(entries.map(({ id }) => id));
  const redactions = relationsTo([...ids]).filter(({ kind }) => kind === redaction.name);
  return redactions.flatMap((each) => referred(each, 'to') ?? []);
}
