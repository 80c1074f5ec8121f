/** Questions about a room's log. Its rows are in the order of their seqs, which have gaps and fractions. */
import type { CheckedEntry } from '../main/model/entry.ts';
import type { Notice } from '../main/model/notice.ts';
import type { Room } from './room-state.ts';
import { backwards, countUntil, first, last, slice } from './chunked-list.ts';

/** The seq of the oldest entry known; 1 when there is none. */
export function firstSeq({ entries }: Room): number {
  return first(entries)?.seq ?? 1;
}

/** The seq of the newest entry; 0 when there is none. */
export function lastSeq({ entries }: Room): number {
  return last(entries)?.seq ?? 0;
}

/** The entries from one seq to another, both included. */
export function entriesBetween(room: Room, from: number, to: number): readonly CheckedEntry[] {
  return slice(room.entries, below(room, from), upTo(room, to));
}

/** The entries after a seq. */
export function entriesAfter(room: Room, seq: number): readonly CheckedEntry[] {
  return slice(room.entries, upTo(room, seq), Infinity);
}

/** The last entry before a seq; null when none is known. */
export function entryBefore(room: Room, seq: number): CheckedEntry | null {
  const place = below(room, seq);
  return slice(room.entries, place - 1, place)[0] ?? null;
}

/** How many entries there are from one seq to another, both included. */
export function countBetween(room: Room, from: number, to: number): number {
  return upTo(room, to) - below(room, from);
}

/** The seq of the entry so many further on than the one with this seq, or back; the first or last at most. */
export function seqFrom(room: Room, seq: number, steps: number): number {
  const place = Math.max(below(room, seq) + steps, 0);
  return slice(room.entries, place, place + 1)[0]?.seq ?? lastSeq(room);
}

/** The newest `most` notices from before the entry `from` to after the entry `to`, oldest first. */
export function noticesBetween(
  room: Room,
  from: number,
  to: number,
  most: number,
): readonly Notice[] {
  const before = entryBefore(room, from)?.seq ?? -Infinity;
  const found: Notice[] = [];
  for (const notice of backwards(room.notices)) {
    if (notice.after < before || found.length === most) break;
    if (notice.after <= to) found.push(notice);
  }
  return found.toReversed();
}

/** True when the newest entry known before is no longer where it was: the log has been replaced. */
export function isAnotherLog(before: Room, room: Room): boolean {
  const known = last(before.entries);
  if (known === undefined || before.entries === room.entries) return false;
  return entriesBetween(room, known.seq, known.seq)[0]?.id !== known.id;
}

/** The seq from which on what others said has not been read; null when all has. */
export function firstUnread(room: Room): number | null {
  let left = room.unread.count;
  let oldest: number | null = null;
  for (const entry of backwards(room.entries)) {
    if (left === 0) break;
    if (entry.kind !== 'said' || entry.redacted || room.mine.has(entry.from)) continue;
    oldest = entry.seq;
    left -= 1;
  }
  return oldest;
}

function below({ entries }: Room, seq: number): number {
  return countUntil(entries, (entry) => entry.seq >= seq);
}

function upTo({ entries }: Room, seq: number): number {
  return countUntil(entries, (entry) => entry.seq > seq);
}
