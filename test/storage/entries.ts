import type { Entry } from '../../main/protocol/messages.ts';

/** The entry with this number; said one second after the one before. */
export function entryOf(seq: number, text = `entry ${seq}`): Entry {
  return {
    kind: 'said',
    seq,
    at: seq * 1_000,
    id: `id-${seq}`,
    from: 'member-1',
    name: 'Ann',
    text,
  };
}

/** Entries `from` to `to`, both included. */
export function entriesOf(from: number, to: number): Entry[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => entryOf(from + index));
}

export function seqsOf(entries: readonly Entry[]): number[] {
  return entries.map(({ seq }) => seq);
}
