/**
 * The hash chain through a conversation's log: whoever has a link and the numbered items after it can
 * compute the next ones, so that a hole or another order shows (L5-L8).
 */
import type { Hash } from '../events/event.ts';

/** What the chain holds of an item: no word of it, so that a redacted one keeps its link. */
export interface Linked {
  readonly seq: number;
  readonly id: string;
  /** ms since 1970 on the clock of the host. */
  readonly at: number;
  /** Where it was first confirmed, when that was elsewhere; else empty. */
  readonly origin: string;
  /** The policy log's link it was judged under; empty before there was one. */
  readonly policy: string;
}

/** The link of an item after the one with this link (L5). */
export function nextLink(
  before: string,
  { seq, id, at, origin, policy }: Linked,
  hash: Hash,
): string {
  return hash(['lanyard link 2', before, seq, id, at, origin, policy].join('\n'));
}

/** Where a conversation's log stands. */
export interface Place {
  readonly seq: number;
  readonly link: string;
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

/** A conversation's first link in an epoch, before its first item there (L6). */
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
