/** One room in the window's state, and what each event of the bridge makes of it. */
import { withChange } from '../main/model/roster.ts';
import type { BridgeEvent, RoomView } from '../preload/contract.ts';
import type { CheckedEntry } from '../main/model/entry.ts';
import type { MemberId } from '../main/model/member.ts';
import type { Notice } from '../main/model/notice.ts';
import type { ChunkedList } from './chunked-list.ts';
import {
  append,
  chunked,
  countUntil,
  first,
  keepNewest,
  last,
  prepend,
  replace,
  slice,
} from './chunked-list.ts';

/** How many entries of a room are kept when nobody scrolls in it; the app has those before. */
const ENTRIES_KEPT = 1_000;

/** How many quiet lines of a room are kept. */
const NOTICES_KEPT = 500;

export interface Room extends Omit<RoomView, 'entries' | 'notices'> {
  readonly entries: ChunkedList<CheckedEntry>;
  readonly notices: ChunkedList<Notice>;
  /** Every id this person had in the room while this window was open. */
  readonly mine: ReadonlySet<MemberId>;
}

/** Older entries the window asked for have come. */
export interface OlderEntries {
  readonly type: 'older-entries';
  readonly key: string;
  readonly entries: readonly CheckedEntry[];
  readonly hasOlder: boolean;
}

type RoomEvent = Extract<BridgeEvent, { readonly type: `room-${string}` }>;

/** The events that change one room that is already in the list. */
export type RoomChange = Exclude<RoomEvent, { type: 'room-added' | 'room-removed' }> | OlderEntries;

/** A room as a snapshot or `room-added` brings it. */
export function openRoom(view: RoomView, before?: Room): Room {
  return {
    ...view,
    entries: chunked(view.entries),
    notices: chunked(view.notices),
    mine: withMine(before?.mine ?? new Set(), view.you),
  };
}

/** The room after one event. */
export function changeRoom(room: Room, event: RoomChange): Room {
  switch (event.type) {
    case 'room-info':
      return { ...room, info: event.info };
    case 'room-hosting':
      return { ...room, hosting: event.hosting };
    case 'room-status':
      // The room itself may have what this device's copy of it does not reach back to.
      return event.status.state === 'here' && (first(room.entries)?.seq ?? 1) > 1
        ? { ...room, status: event.status, hasOlder: true }
        : { ...room, status: event.status };
    case 'room-host-key':
      return { ...room, hostKey: event.hostKey, otherHostKey: event.otherHostKey };
    case 'room-roster':
      return {
        ...room,
        you: event.you,
        roster: event.roster,
        mine: withMine(room.mine, event.you),
      };
    case 'room-presence':
      return { ...room, roster: event.changes.reduce(withChange, room.roster) };
    case 'room-typing':
      return { ...room, typing: event.typing };
    case 'room-entries':
      return { ...room, entries: withFresh(room, event.entries) };
    case 'room-entries-changed': {
      const changed = new Map(event.entries.map((entry) => [entry.id, entry]));
      const entries = replace(
        room.entries,
        ({ id }) => changed.has(id),
        (entry) => changed.get(entry.id) ?? entry,
      );
      // Of what was done it is the place that is another.
      const isMoved = event.entries.some(({ kind }) => kind === 'act');
      return { ...room, entries: isMoved ? inOrder(entries) : entries };
    }
    case 'room-log-reset':
      return {
        ...room,
        entries: chunked(event.entries),
        hasOlder: event.hasOlder,
        // They point between entries that are no longer there.
        notices: chunked<Notice>([]),
      };
    case 'room-notice':
      return { ...room, notices: keepNewest(append(room.notices, [event.notice]), NOTICES_KEPT) };
    case 'room-pending':
      return { ...room, pending: event.pending };
    case 'room-unread':
      return { ...room, unread: event.unread };
    case 'older-entries': {
      const oldest = first(room.entries)?.seq ?? Infinity;
      const older = event.entries.filter((entry) => entry.seq < oldest);
      return { ...room, entries: prepend(room.entries, older), hasOlder: event.hasOlder };
    }
  }
}

/** The room without what is far back in its log, however long it has been open. */
export function withoutOldest(room: Room): Room {
  const entries = keepNewest(room.entries, ENTRIES_KEPT);
  return entries === room.entries ? room : { ...room, entries, hasOlder: true };
}

/**
 * With entries that came. One that is already shown is not shown twice, whatever the bridge repeats;
 * one that belongs between others goes there.
 */
function withFresh(
  { entries: list, hasOlder }: Room,
  entries: readonly CheckedEntry[],
): ChunkedList<CheckedEntry> {
  // What is further back comes with what is older.
  const oldest = hasOlder ? (first(list)?.seq ?? Infinity) : -Infinity;
  const newest = last(list)?.seq ?? 0;
  const following = append(
    list,
    entries.filter(({ seq }) => seq > newest),
  );
  return entries.filter(({ seq }) => seq <= newest && seq > oldest).reduce(insert, following);
}

function inOrder(list: ChunkedList<CheckedEntry>): ChunkedList<CheckedEntry> {
  return chunked(slice(list, 0, Infinity).toSorted((a, b) => a.seq - b.seq));
}

function insert(list: ChunkedList<CheckedEntry>, entry: CheckedEntry): ChunkedList<CheckedEntry> {
  const place = countUntil(list, ({ seq }) => seq >= entry.seq);
  const [there] = slice(list, place, place + 1);
  if (there?.seq === entry.seq) return list;
  const later = slice(list, place, Infinity);
  return append(chunked([...slice(list, 0, place), entry]), later);
}

function withMine(mine: ReadonlySet<MemberId>, you: MemberId | null): ReadonlySet<MemberId> {
  return you === null || mine.has(you) ? mine : new Set([...mine, you]);
}
