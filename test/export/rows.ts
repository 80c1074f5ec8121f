/** Rows of a log as a person sees them, for what is made of them. */
import type { ActName } from '../../main/model/act-names.ts';
import { exportLog } from '../../main/export/export-log.ts';
import type { ActEntry, CheckedEntry, SaidEntry } from '../../main/model/entry.ts';
import type { ExportFormat } from '../../main/model/exported-log.ts';
import { GrowingLog, LAB, TALK } from '../rooms/lab.ts';

const ENTRY = new GrowingLog(TALK).say('what is in a log');

/** What people see of a room with this name as a file. */
export function exported(name: string, rows: readonly CheckedEntry[], format: ExportFormat) {
  const lines = rows.map((row) => ({ entry: ENTRY, row }));
  return exportLog({ id: LAB.id, name }, lines, format);
}

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
