/** Rows of a log as a person sees them, for what is made of them. */
import type { ActName } from '../../main/model/act-names.ts';
import type { ActEntry, SaidEntry } from '../../main/model/entry.ts';

/** The message with this number; said one second after the one before. */
export function saidRow(seq: number, text = `entry ${seq}`): SaidEntry {
  return { ...headOf(seq), kind: 'said', text };
}

/** What Ann did with this number. */
export function actRow(seq: number, act: ActName, on = '', onName = ''): ActEntry {
  return { ...headOf(seq), kind: 'act', act, on, onName };
}

function headOf(seq: number) {
  const at = seq * 1_000;
  return { seq, at, id: `id-${seq}`, from: 'member-1', name: 'Ann', written: at - 5 };
}
