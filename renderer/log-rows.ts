/** Turns a stretch of a room's log into the rows one sees: grouped, dated, with quiet lines between. */
import type { CheckedEntry } from '../main/model/entry.ts';
import type { MemberId } from '../main/model/member.ts';
import type { Notice } from '../main/model/notice.ts';
import type { Pending } from '../main/model/pending.ts';
import type { Room } from './room-state.ts';
import { ownRole } from './standing.ts';
import { dayOf } from './times.ts';

/** An entry that somebody wrote, and one of what somebody did. */
export type Said = Extract<CheckedEntry, { kind: 'said' }>;
export type Act = Extract<CheckedEntry, { kind: 'act' }>;

/** Messages of one person this close together stand under one name, in ms. */
const GROUP_MS = 5 * 60_000;

export type LogRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | {
      readonly kind: 'said';
      readonly key: string;
      readonly entry: Said;
      readonly own: boolean;
      /** First of its group: carries name and time. */
      readonly head: boolean;
      /** Last of its group. */
      readonly tail: boolean;
      /** True when it can be removed from here. */
      readonly menu: boolean;
    }
  | { readonly kind: 'act'; readonly key: string; readonly entry: Act }
  | {
      readonly kind: 'pending';
      readonly key: string;
      readonly pending: Pending;
      readonly fate: Fate;
    };

/** What a message that is not confirmed waits for: its way, its turn in slow mode, the connection. */
export type Fate = 'sending' | 'turn' | 'connection';

export type SaidRow = Extract<LogRow, { kind: 'said' }>;

export interface Stretch {
  /** The entry before the first one shown, for grouping; null at the beginning of the log. */
  readonly before: CheckedEntry | null;
  readonly entries: readonly CheckedEntry[];
  /** Those that belong between or after `entries`, oldest first. */
  readonly notices: readonly Notice[];
  /** Empty unless the stretch reaches the end of the log. */
  readonly pending: readonly Pending[];
  /** What the pending ones wait for. */
  readonly fate: Fate;
  /** True when one may remove what others said. */
  readonly looksAfter: boolean;
  /** The ids whose messages are one's own. */
  readonly mine: ReadonlySet<MemberId>;
  /** The first entry that was unread when the room was opened. */
  readonly unreadFrom: number | null;
  /** The day on which this is seen, by `dayOf`: what was “today” is “yesterday” tomorrow. */
  readonly today: number;
}

/** The rows of a stretch, oldest first. */
export function logRows(stretch: Stretch): readonly LogRow[] {
  const { entries, notices, mine } = stretch;
  const rows: LogRow[] = [];
  let day = stretch.before === null ? -Infinity : dayOf(stretch.before.at);
  let group: SaidRow | null = null;
  let previous = stretch.before;
  let notice = 0;

  /** Names a day that begins. Days only go on: the clocks of room and device need not agree. */
  const addDay = (at: number, next: string) => {
    if (dayOf(at) <= day) return;
    day = dayOf(at);
    rows.push({ kind: 'day', key: `day of ${next} on ${stretch.today}`, at });
    group = previous = null;
  };

  const addNotices = (before: number) => {
    for (let next = notices[notice]; next !== undefined && next.after < before;) {
      const key = `notice ${next.id}`;
      addDay(next.at, key);
      rows.push({ kind: 'notice', key, notice: next });
      group = previous = null;
      next = notices[(notice += 1)];
    }
  };

  for (const entry of entries) {
    addNotices(entry.seq);
    const key = `${entry.kind} ${entry.seq}`;
    addDay(entry.at, key);
    if (entry.seq === stretch.unreadFrom) {
      rows.push({ kind: 'unread', key: 'unread' });
      group = previous = null;
    }
    if (entry.kind === 'act') {
      rows.push({ kind: 'act', key, entry });
      group = previous = null;
      continue;
    }
    const head = previous === null || !together(previous, entry);
    if (!head && group !== null) rows[rows.length - 1] = { ...group, tail: false };
    const own = mine.has(entry.from);
    const menu = (stretch.looksAfter || own) && entry.redacted !== true;
    group = { kind: 'said', key, entry, own, head, tail: true, menu };
    rows.push(group);
    previous = entry;
  }
  addNotices(Infinity);

  const confirmed = new Set(entries.map((entry) => entry.id));
  for (const pending of stretch.pending) {
    if (confirmed.has(pending.id)) continue;
    const key = `pending ${pending.id}`;
    rows.push({ kind: 'pending', key, pending, fate: stretch.fate });
  }
  return rows;
}

/** What a message waits for that is said in this room now. */
export function fateOf(room: Room): Fate {
  if (room.status.state !== 'here') return 'connection';
  return room.info.slowSeconds > 0 && ownRole(room) === 'member' ? 'turn' : 'sending';
}

/** True when an element made for one of two rows with the same key shows the other as well. */
export function sameRow(before: LogRow, row: LogRow): boolean {
  if (before.kind === 'said' && row.kind === 'said') {
    return sameSaid(before, row) && before.tail === row.tail;
  }
  if (before.kind === 'pending' && row.kind === 'pending') {
    return before.fate === row.fate && before.pending.refused?.code === row.pending.refused?.code;
  }
  return before.key === row.key;
}

/** True when two rows differ at most in where their group ends. */
export function sameSaid(before: SaidRow, row: SaidRow): boolean {
  return (
    // A new snapshot brings the same as another object.
    (before.entry === row.entry || JSON.stringify(before.entry) === JSON.stringify(row.entry)) &&
    before.own === row.own &&
    before.head === row.head &&
    before.menu === row.menu
  );
}

function together(before: CheckedEntry, entry: CheckedEntry): boolean {
  return (
    before.kind === entry.kind &&
    before.from === entry.from &&
    before.name === entry.name &&
    entry.at - before.at < GROUP_MS
  );
}
