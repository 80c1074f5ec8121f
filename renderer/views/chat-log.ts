/**
 * The chat log. However long a log is, only a window of it is in the page: WINDOW entries around
 * what is seen, moved along as one scrolls, so ten thousand messages cost what two hundred do.
 */
import type { Entry, Notice, RoomKey } from '../../preload/contract.ts';
import type { Room } from '../room-state.ts';
import type { State } from '../state.ts';
import type { Context, View } from './context.ts';
import { isSeen } from '../attention.ts';
import { backwards, first, last, slice } from '../chunked-list.ts';
import { h, keyedRows, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { logRows, sameRow } from '../log-rows.ts';
import { roomOf } from '../state.ts';
import { logRow } from './log-row.ts';
import { createEmptyLog } from './empty-log.ts';

/** The most entries, and likewise notices, that are in the page at once. */
const WINDOW = 200;
/** How far the window moves when its edge comes near. */
const STEP = 60;
/** How many entries are fetched at once. */
const PAGE = 200;
/** How near the edge of the window may come before it moves, in px. */
const NEAR = 800;
/** Being at the end allows for this much, in px. */
const AT_END = 40;
/** How many new lines a screen reader is handed before the oldest goes. */
const ANNOUNCED = 5;

/** The log of one room, from its end. */
export function createChatLog(context: Context, key: RoomKey): View {
  const { store, bridge, words } = context;
  const beginning = h('p', { class: 'beginning' });
  const list = h('ol', { class: 'rows' });
  const empty = createEmptyLog(context, key);
  // Not live itself: moving the window would have the backlog read out. What is new is announced.
  const scroller = h(
    'div',
    { class: 'log', role: 'log', 'aria-live': 'off', tabindex: 0 },
    beginning,
    list,
    empty.element,
  );
  const announcer = h('div', { class: 'unseen', 'aria-live': 'polite', role: 'status' });
  const jumpText = h('span', {});
  const jump = h(
    'button',
    { type: 'button', class: 'jump', hidden: true, on: { click: toEnd } },
    icon('down'),
    jumpText,
  );
  const element = h('div', { class: 'log-frame' }, scroller, jump, announcer);

  const showRows = keyedRows(list, {
    key: (row) => row.key,
    create: (row) => logRow(context, key, row),
    same: sameRow,
  });

  let drawn: Room | null = null;
  /** The seqs of the first and the last entry in the page. */
  let from = 0;
  let to = 0;
  let following = true;
  let missed = 0;
  let unreadFrom: number | null = null;
  let fetching = false;
  let read = 0;

  function draw(state: State): void {
    const room = roomOf(state, key);
    if (room === undefined) return;
    if (room !== drawn) {
      receive(room);
      empty.draw(state);
    }
    if (following && isSeen()) markRead(room);
  }

  /** Takes in what changed since the room was drawn last. */
  function receive(room: Room): void {
    const before = drawn;
    const newest = last(room.entries);
    if (before === null || isAnotherLog(before, room)) {
      following = true;
      unreadFrom = firstUnread(room);
    } else {
      const known = last(before.entries)?.seq ?? 0;
      const fresh = slice(room.entries, known + 1 - firstSeq(room), Infinity);
      const others = fresh.filter((entry) => !room.mine.has(entry.from));
      if (!isSeen() && others[0] !== undefined && (unreadFrom === null || unreadFrom <= read)) {
        unreadFrom = others[0].seq;
      }
      if (room.pending.length > before.pending.length) following = true;
      missed += others.length;
      announce(others);
    }
    drawn = room;
    const end = newest?.seq ?? 0;
    if (following) to = end;
    else if (to === (before === null ? 0 : (last(before.entries)?.seq ?? 0))) {
      to = Math.min(end, from + WINDOW - 1);
    }
    if (following || to - from >= WINDOW) from = to - WINDOW + 1;
    show(room);
    fill();
  }

  /** Puts the window's rows into the page without moving what one is looking at. */
  function show(room: Room): void {
    from = Math.max(from, firstSeq(room));
    const start = from - firstSeq(room);
    const atEnd = to === (last(room.entries)?.seq ?? 0);
    const held = following ? [] : rowsInSight();
    showRows(
      logRows({
        before: slice(room.entries, start - 1, start)[0] ?? null,
        entries: slice(room.entries, start, to - firstSeq(room) + 1),
        notices: noticesOf(room, from, atEnd ? Infinity : to),
        pending: atEnd ? room.pending : [],
        mine: room.mine,
        unreadFrom,
      }),
    );
    const older = start > 0 || room.hasOlder;
    beginning.hidden = room.entries.length === 0;
    setText(beginning, older ? words.log.loading : words.log.beginning);
    scroller.setAttribute('aria-label', words.log.label(room.info.name));
    if (following) scrollToEnd();
    else holdSteady(held);
    showJump(atEnd);
  }

  function showJump(atEnd: boolean): void {
    if (following) missed = 0;
    jump.hidden = following;
    jump.classList.toggle('has-new', missed > 0);
    setText(jumpText, missed > 0 ? words.log.newMessages(missed) : words.log.toNewest);
    jump.classList.toggle('far', !atEnd);
  }

  /** Moves the window along when one of its edges has come near. */
  function fill(): void {
    if (drawn === null) return;
    const end = last(drawn.entries)?.seq ?? 0;
    if (scroller.scrollTop < NEAR && from > firstSeq(drawn) && !following) {
      from = Math.max(firstSeq(drawn), from - STEP);
      to = Math.min(to, from + WINDOW - 1);
      show(drawn);
    } else if (scroller.scrollTop < NEAR && drawn.hasOlder && from === firstSeq(drawn)) {
      void fetchOlder(drawn);
    } else if (below() < NEAR && to < end) {
      to = Math.min(end, to + STEP);
      from = Math.max(from, to - WINDOW + 1);
      show(drawn);
    }
  }

  async function fetchOlder(room: Room): Promise<void> {
    if (fetching) return;
    fetching = true;
    const reply = await bridge.call('entriesBefore', { key, seq: firstSeq(room), limit: PAGE });
    fetching = false;
    // A refusal here is not worth a word: scrolling on asks again.
    if (reply.ok) store.dispatch({ type: 'older-entries', key, ...reply.value });
  }

  function markRead(room: Room): void {
    const newest = last(room.entries)?.seq ?? 0;
    if (newest === 0 || (newest === read && room.unread.count === 0)) return;
    read = newest;
    void bridge.call('markRead', { key, seq: newest });
  }

  function toEnd(): void {
    following = true;
    if (drawn !== null) receive(drawn);
    draw(store.state);
    scroller.focus({ preventScroll: true });
  }

  /** To the oldest message known here; scrolling on fetches those before it. */
  function toStart(): void {
    if (drawn === null) return;
    following = false;
    from = firstSeq(drawn);
    to = Math.min(from + WINDOW - 1, last(drawn.entries)?.seq ?? 0);
    show(drawn);
    scroller.scrollTop = 0;
  }

  function scrolled(): void {
    if (drawn === null) return;
    const wasFollowing = following;
    following = below() <= AT_END && to === (last(drawn.entries)?.seq ?? 0);
    fill();
    if (following !== wasFollowing) {
      showJump(to === (last(drawn.entries)?.seq ?? 0));
      draw(store.state);
    }
  }

  function announce(entries: readonly Entry[]): void {
    const lines = entries
      .slice(-ANNOUNCED)
      .map(({ name, text }) => h('p', {}, words.log.says(name, text)));
    announcer.append(...lines);
    while (announcer.childElementCount > ANNOUNCED) announcer.firstElementChild?.remove();
  }

  const below = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const scrollToEnd = () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' });

  function rowsInSight(): readonly Held[] {
    const top = scroller.getBoundingClientRect().top;
    const held: Held[] = [];
    for (const row of list.children) {
      const box = row.getBoundingClientRect();
      if (box.bottom > top) held.push({ row, top: box.top });
    }
    return held;
  }

  function holdSteady(held: readonly Held[]): void {
    const anchor = held.find(({ row }) => row.isConnected);
    if (anchor === undefined) return;
    scroller.scrollTop += anchor.row.getBoundingClientRect().top - anchor.top;
  }

  scroller.addEventListener('scroll', scrolled, { passive: true });
  // The ends of the log, not of the window of it that is in the page.
  scroller.addEventListener('keydown', (event) => {
    if (event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    if (event.key === 'Home') toStart();
    else toEnd();
  });
  // The composer grows, the window shrinks: whoever was at the end stays there.
  const observer = new ResizeObserver(() => {
    if (following) scrollToEnd();
  });
  observer.observe(scroller);
  return { element, draw, end: () => observer.disconnect() };
}

/** A row that was in sight and where it stood, in px of the screen. */
interface Held {
  readonly row: Element;
  readonly top: number;
}

function firstSeq(room: Room): number {
  return first(room.entries)?.seq ?? 1;
}

/** The newest entry known is no longer where it was: the log has been replaced. */
function isAnotherLog(before: Room, room: Room): boolean {
  const known = last(before.entries);
  if (known === undefined || before.entries === room.entries) return false;
  const index = known.seq - firstSeq(room);
  return index < 0 || slice(room.entries, index, index + 1)[0]?.id !== known.id;
}

/** The notices from before the entry `from` to after the entry `to`, at most WINDOW of them. */
function noticesOf(room: Room, from: number, to: number): readonly Notice[] {
  const found: Notice[] = [];
  for (const notice of backwards(room.notices)) {
    if (notice.after < from - 1 || found.length === WINDOW) break;
    if (notice.after <= to) found.push(notice);
  }
  return found.toReversed();
}

/** The entry from which on others' messages have not been read. */
function firstUnread(room: Room): number | null {
  let left = room.unread.count;
  if (left === 0) return null;
  let oldest: number | null = null;
  for (const entry of backwards(room.entries)) {
    if (room.mine.has(entry.from)) continue;
    oldest = entry.seq;
    left -= 1;
    if (left === 0) break;
  }
  return oldest;
}
