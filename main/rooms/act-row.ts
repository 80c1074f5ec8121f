/** The line that tells of an act. */
import { bodyOf } from '../events/kind.ts';
import { moderation } from '../events/moderation.ts';
import type { ActName } from '../model/act-names.ts';
import type { CheckedEntry as Row } from '../model/entry.ts';
import { deedOf } from '../policy/act.ts';
import type { CheckedEntry } from '../timeline/entry.ts';

/** The row of an act, at this place among what was said; null for one that shows by itself. */
export function actRow(entry: CheckedEntry, seq: number): Row | null {
  const shown = actOf(entry);
  return shown && { ...headOf(entry), seq, kind: 'act', ...shown };
}

/** What every row has of its item. */
export function headOf({ id, seq, at, person, name, written, doubt }: CheckedEntry) {
  const head = { id, seq, at, from: person, name, written };
  return doubt === undefined ? head : { ...head, doubt };
}

function actOf(
  entry: CheckedEntry,
): { readonly act: ActName; readonly on: string; readonly onName: string } | null {
  const moderated = bodyOf(moderation, entry);
  if (moderated) return { act: moderated.act, on: moderated.person, onName: moderated.name };
  const deed = deedOf(entry);
  switch (deed.do) {
    case 'set': {
      const { locked, slowSeconds, access } = deed.settings;
      if (access !== undefined) return { act: 'access', on: access, onName: '' };
      if (locked !== undefined) return { act: locked ? 'lock' : 'unlock', on: '', onName: '' };
      return slowSeconds === undefined
        ? null
        : { act: 'slow', on: String(slowSeconds), onName: '' };
    }
    case 'passphrase':
      return { act: 'access', on: 'passphrase', onName: '' };
    case 'topic':
      return { act: 'topic', on: deed.text, onName: '' };
    case 'unknown':
      return { act: 'unknown', on: '', onName: '' };
    default:
      return null;
  }
}
