import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { CheckedEntry, Entry } from '../../main/timeline/entry.ts';

/** The conversation that entries are of. */
export const TALK = 'talk';

/** The message with this number; said one second after the one before. */
export function entryOf(
  seq: number,
  text = `entry ${seq}`,
  change: Partial<CheckedEntry> = {},
): CheckedEntry {
  return {
    conversation: TALK,
    id: `id-${seq}`,
    epoch: 'epoch-1',
    seq,
    at: seq * 1_000,
    origin: null,
    policy: '',
    kind: 'message/text',
    person: 'ann',
    device: 'ann',
    name: 'Ann',
    written: seq * 1_000 - 5,
    references: [],
    body: { state: 'whole', salt: `salt of ${seq}`, text: JSON.stringify({ text }) },
    signature: `signature of ${seq}`,
    link: `link of ${seq}`,
    ...change,
  };
}

/** Messages `from` to `to`, both included. */
export function entriesOf(from: number, to: number): Entry[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => entryOf(from + index));
}

/** What Ann, or another, did to an entry. */
export function relationOf(
  seq: number,
  kind: 'edit' | 'redaction' | 'reaction',
  to: string,
  text = '',
  change: Partial<CheckedEntry> = {},
): Entry {
  const body = kind === 'edit' ? { text } : kind === 'reaction' ? { emoji: text } : {};
  return entryOf(seq, '', {
    kind: `relation/${kind}`,
    references: [{ as: 'to', id: to }],
    body: { state: 'whole', salt: `salt of ${seq}`, text: JSON.stringify(body) },
    ...change,
  });
}

export function seqsOf(entries: readonly Entry[]): number[] {
  return entries.map(({ seq }) => seq);
}

export function endOf({ epoch, seq, link }: Entry): ChainEnd {
  return { epoch, seq, link };
}

/** A place that nothing stands at. */
export function place(seq: number, epoch = 'epoch-1'): ChainEnd {
  return { epoch, seq, link: `link of ${seq}` };
}
