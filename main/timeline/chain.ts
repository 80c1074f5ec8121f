/**
 * The hash chain through a conversation's log: a reader who has a link and the items after it can
 * compute the next ones, so that a hole, another order or another word shows (L5-L8).
 */
import { idOf } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import { originText } from './entry.ts';
import type { Entry, Place, ReceivedEntry } from './entry.ts';

/** What the chain holds of an item: no word of it, so that a redacted one keeps its link. */
type Linked = Pick<Entry, 'seq' | 'id' | 'at' | 'origin' | 'policy'>;

/** The link of an item after the one with this link (L5). */
export function nextLink(before: string, item: Linked, hash: Hash): string {
  const { seq, id, at, origin, policy } = item;
  return hash(['lanyard link 2', before, seq, id, at, originText(origin), policy].join('\n'));
}

/** What a host signs when it begins to host: everything before it, by its hash (L2). */
export interface EpochContent {
  readonly room: string;
  /** One more than the parent's; 1 for a room's first. */
  readonly number: number;
  /** The key of the device that may write in it. */
  readonly writer: string;
  /** The parent's id; empty for a room's first. */
  readonly parent: string;
  /** Where each conversation stood in the parent. */
  readonly places: readonly (Place & { readonly conversation: string })[];
}

/** The text the writer of an epoch signs; its hash is the epoch's id (L2). */
export function epochContent(content: EpochContent, hash: Hash): string {
  const { room, number, writer, parent, places } = content;
  const lines = places.map(({ conversation, seq, link }) => `${conversation} ${seq} ${link}`);
  const digest = hash(['lanyard places 2', ...lines.toSorted()].join('\n'));
  return ['lanyard epoch 2', room, number, writer, parent, digest].join('\n');
}

/** The link an epoch's first item of a conversation follows (L6). */
export function epochLink(
  epoch: string,
  conversation: string,
  { seq, link }: Place,
  hash: Hash,
): string {
  return hash(`lanyard epoch link 2\n${epoch}\n${conversation}\n${seq}\n${link}`);
}

/** The text of a signed head: up to here this is the conversation's log (L8). */
export function headContent(conversation: string, epoch: string, { seq, link }: Place): string {
  return ['lanyard head 2', conversation, epoch, seq, link].join('\n');
}

/** Where a chain has come to, and in which epoch. */
export interface ChainEnd extends Place {
  readonly epoch: string;
}

/** The end of a chain in which there was nothing yet. */
export const BEGINNING: ChainEnd = { epoch: '', seq: 0, link: '' };

/** The link after an item that follows this end of a chain, in whatever epoch it is. */
export function linkAfter(
  end: ChainEnd,
  conversation: string,
  item: Linked & { readonly epoch: string },
  hash: Hash,
): string {
  const before =
    item.epoch === end.epoch ? end.link : epochLink(item.epoch, conversation, end, hash);
  return nextLink(before, item, hash);
}

/** Items as they came, with their ids and links, from the end of a chain on. */
export function chained(
  room: string,
  conversation: string,
  from: ChainEnd,
  received: readonly ReceivedEntry[],
  hash: Hash,
): readonly Entry[] {
  let end = from;
  return received.map((item) => {
    const id = idOf({ ...item, room, conversation }, hash);
    const link = linkAfter(end, conversation, { ...item, id }, hash);
    end = { epoch: item.epoch, seq: item.seq, link };
    return { ...item, conversation, id, link };
  });
}
