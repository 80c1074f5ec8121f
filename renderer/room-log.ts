/** Questions about a room's log. Its entries are numbered without gaps, so a seq is a place. */
import type { CheckedEntry } from '../main/model/entry.ts';
import type { Notice } from '../main/model/notice.ts';
import type { Room } from './room-state.ts';
import { backwards, first, last, slice } from './chunked-list.ts';

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
  return slice(room.entries, from - firstSeq(room), to - firstSeq(room) + 1);
}

/** The newest `most` notices from before the entry `from` to after the entry `to`, oldest first. */
export function noticesBetween(
  room: Room,
  from: number,
  to: number,
  most: number,
): readonly Notice[] {
  const found: Notice[] = [];
  for (const notice of backwards(room.notices)) {
    if (notice.after < from - 1 || found.length === most) break;
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
    if (entry.kind !== 'said' || room.mine.has(entry.from)) continue;
    oldest = entry.seq;
    left -= 1;
  }
  return oldest;
}
