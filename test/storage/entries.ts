import type { ActEntry, ActName, Entry, SaidEntry } from '../../main/protocol/messages.ts';

/** The entry with this number; said one second after the one before. */
export function entryOf(seq: number, text = `entry ${seq}`): SaidEntry {
  return { ...headOf(seq), kind: 'said', text };
}

/** What Ann did with this number. */
export function actOf(seq: number, act: ActName, on = '', onName = ''): ActEntry {
  return { ...headOf(seq), kind: 'act', act, on, onName };
}

function headOf(seq: number) {
  return {
    seq,
    at: seq * 1_000,
    id: `id-${seq}`,
    from: 'member-1',
    name: 'Ann',
    written: seq * 1_000 - 5,
    signature: `signature of ${seq}`,
  };
}

/** Entries `from` to `to`, both included. */
export function entriesOf(from: number, to: number): SaidEntry[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => entryOf(from + index));
}

export function seqsOf(entries: readonly Entry[]): number[] {
  return entries.map(({ seq }) => seq);
}
