/** The epochs of a room and where a member's copy parted from them (L2, H5). */
import type { Hash } from '../events/event.ts';
import { epochContent } from '../timeline/chain.ts';
import type { EpochContent } from '../timeline/chain.ts';
import type { Position } from '../timeline/entry.ts';
import type { KeptEpoch } from './room-log.ts';

/** The record of an epoch that follows these, the oldest first, and stands there (L2). */
export function nextEpoch(
  before: readonly KeptEpoch[],
  content: Omit<EpochContent, 'number' | 'parent'>,
  { hash, sign }: { readonly hash: Hash; readonly sign: (text: string) => string },
): KeptEpoch {
  const parent = before.at(-1);
  const record = {
    ...content,
    number: (parent?.record.number ?? 0) + 1,
    parent: parent?.id ?? '',
  };
  const text = epochContent(record, hash);
  return { id: hash(text), record: { ...record, signature: sign(text) } };
}

/**
 * The last place that a copy and a conversation's log have in common: of the copy's epochs the newest
 * that the room went through, as far as both went in it. Null when there is none.
 */
export function commonPosition(
  epochs: readonly KeptEpoch[],
  conversation: string,
  lastSeq: number,
  ancestry: readonly Position[],
): Position | null {
  for (const { epoch, seq } of ancestry) {
    const index = epochs.findIndex(({ id }) => id === epoch);
    if (index === -1) continue;
    const places = epochs[index + 1]?.record.places;
    const end = places
      ? (places.find((place) => place.conversation === conversation)?.seq ?? 0)
      : lastSeq;
    return { epoch, seq: Math.min(seq, end) };
  }
  return null;
}
