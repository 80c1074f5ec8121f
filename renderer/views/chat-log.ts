/**
 * The chat log. However long a log is, only a window of it is in the page: WINDOW entries around
 * what is seen, moved along as one scrolls, so ten thousand messages cost what two hundred do.
 */
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Context, View } from './context.ts';
import type { Sought } from '../state.ts';
import { isSeen } from '../attention.ts';
import { createBacklog } from '../backlog.ts';
import { h, keyedRows, setHidden, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { fateOf, logRows, sameRow } from '../log-rows.ts';
import {
  countBetween,
  entriesAfter,
  entriesBetween,
  entryBefore,
  firstSeq,
  firstUnread,
  isAnotherLog,
  lastSeq,
  noticesBetween,
  seqFrom,
} from '../room-log.ts';
import { roving } from '../roving.ts';
import { isCaretaker } from '../standing.ts';
import { roomOf } from '../state.ts';
import { dayOf } from '../times.ts';
import { createAnnouncer } from './announcer.ts';
import { createEmptyLog } from './empty-log.ts';
import { logRow, moveTail } from './log-row.ts';
import { createMenu } from './menu.ts';
import { createSeekProgress } from './seek-progress.ts';

/** The most entries, and likewise notices, that are in the page at once. */
const WINDOW = 200;
/** How many of those stay when the window has become full. */
const RECENT = 100;
/** How many it begins with: a room that is opened shows its end, and more when that fills no screen. */
const OPENED = 30;
/** How far the window moves when its edge comes near. */
const STEP = 60;
/** How long after a page could not be fetched it is asked for again, in ms. */
const AGAIN_MS = 1_000;
/** How long a message that was sought stands out, in ms. */
const FOUND_MS = 2_500;
/** How near the edge of the window may come before it moves, in px. */
const NEAR = 800;
/** Being at the end allows for this much, in px. */
const AT_END = 40;

/** The log of one room, from its end. */
export function createChatLog(context: Context, key: RoomKey): View {
  const { store, bridge, words } = context;
  const beginning = h('p', { class: 'beginning' });
  const list = h('ol', { class: 'rows' });
  const empty = createEmptyLog(context, key);
  const announcer = createAnnouncer(context);
  const backlog = createBacklog(store, key, (seq, limit) =>
    bridge.call('entriesBefore', { key, seq, limit }),
  );
  const progress = createSeekProgress(words);
  const scroller = h(
    'div',
    { class: 'log', role: 'log', 'aria-live': 'off', tabindex: 0 },
    beginning,
    list,
    empty.element,
  );
  const jumpText = h('span', {});
  const jump = h(
    'button',
    { type: 'button', class: 'jump', hidden: true, on: { click: toEnd } },
    icon('down'),
    jumpText,
  );
  const menu = createMenu();
  const stops = roving(list, '.row-control', 'end');
  const showRows = keyedRows(list, {
    key: (row) => row.key,
    create: (row) => logRow(context, key, menu, row),
    same: sameRow,
    update: moveTail,
  });

  let drawn: Room | null = null;
  /** The seqs of the first and the last entry in the page. */
  let from = 0;
  let to = 0;
  /** One is at the end, and stays there whatever comes. */
  let following = true;
  /** How much others said since one is not. */
  let missed = 0;
  /** Where the mark of what is new stands. */
  let unreadFrom: number | null = null;
  let read = 0;
  /** The message that is being looked for. */
  let seeking: Sought | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;

  /** Takes in what changed since the room was drawn last. */
  function receive(room: Room): void {
    const before = drawn;
    const known = before === null ? 0 : lastSeq(before);
    const atEnd = to === known;
    if (before === null || isAnotherLog(before, room)) {
      following = true;
      from = seqFrom(room, lastSeq(room), 1 - OPENED);
      unreadFrom = firstUnread(room);
    } else {
      if (room.pending.length > before.pending.length) following = true;
      const fresh = entriesAfter(room, known);
      const others = fresh.filter((entry) => !room.mine.has(entry.from));
      const said = others.filter((entry) => entry.kind === 'said');
      missed += said.length;
      // What comes while nobody looks is marked, unless an older mark has not been read either.
      const oldest = said[0]?.seq;
      if (oldest !== undefined && !isSeen() && (unreadFrom ?? 0) <= read) unreadFrom = oldest;
      announcer.announce(others);
    }
    drawn = room;
    if (following) to = lastSeq(room);
    else if (atEnd) to = seqFrom(room, from, WINDOW - 1);
    // Not a row at a time: what goes at the top has everything below it painted again.
    if (countBetween(room, from, to) > WINDOW) from = seqFrom(room, to, 1 - RECENT);
    show(room);
    fill();
  }

  /** Puts the window's rows into the page without moving what one is looking at. */
  function show(room: Room): void {
    from = Math.max(from, firstSeq(room));
    const atEnd = to === lastSeq(room);
    const held = following ? [] : rowsInSight();
    showRows(
      logRows({
        before: entryBefore(room, from),
        entries: entriesBetween(room, from, to),
        notices: noticesBetween(room, from, atEnd ? Infinity : to, WINDOW),
        pending: atEnd ? room.pending : [],
        fate: fateOf(room),
        looksAfter: isCaretaker(room),
        mine: room.mine,
        unreadFrom,
        today: dayOf(Date.now()),
      }),
    );
    stops.settle();
    const older = from > firstSeq(room) || room.hasOlder;
    setHidden(beginning, room.entries.length === 0);
    const ends = firstSeq(room) <= 1 ? words.log.beginning : words.log.notKept;
    setText(beginning, older ? words.log.loading : ends);
    scroller.setAttribute('aria-label', words.log.label(room.info.name));
    if (following) scrollToEnd();
    else holdSteady(held);
    showJump();
  }

  function showJump(): void {
    if (following) missed = 0;
    setHidden(jump, following);
    jump.classList.toggle('has-new', missed > 0);
    setText(jumpText, missed > 0 ? words.log.newMessages(missed) : words.log.toNewest);
  }

  /** Moves the window along when one of its edges has come near. */
  function fill(): void {
    if (drawn === null) return;
    const nearTop = scroller.scrollTop < NEAR;
    if (
      nearTop &&
      from > firstSeq(drawn) &&
      (!following || countBetween(drawn, from, to) <= RECENT)
    ) {
      from = seqFrom(drawn, from, -STEP);
      to = Math.min(to, seqFrom(drawn, from, WINDOW - 1));
      show(drawn);
    } else if (nearTop && drawn.hasOlder && from === firstSeq(drawn)) {
      void fetchOlder();
    } else if (below() < NEAR && to < lastSeq(drawn)) {
      to = seqFrom(drawn, to, STEP);
      from = Math.max(from, seqFrom(drawn, to, 1 - WINDOW));
      show(drawn);
    }
  }

  async function fetchOlder(): Promise<void> {
    if (await backlog.fetch()) return;
    // A refusal here is not worth a word, and whoever is at the top cannot scroll on to ask again.
    clearTimeout(again);
    again = setTimeout(fill, AGAIN_MS);
  }

  /** Shows the message that is sought in its place, however far back that is. */
  async function seek(sought: Sought): Promise<void> {
    seeking = sought;
    following = false;
    await backlog.reach(sought, (done) => progress.show(done));
    progress.hide();
    if (store.state.sought !== sought) return;
    store.dispatch({ type: 'found' });
    const room = roomOf(store.state, key);
    if (room === undefined) return;
    if (room !== drawn) receive(room);
    showEntry(room, Math.max(sought.seq, firstSeq(room)));
  }

  function showEntry(room: Room, seq: number): void {
    following = false;
    const around = seqFrom(room, seq, -WINDOW / 2);
    from = Math.min(around, seqFrom(room, lastSeq(room), 1 - WINDOW));
    to = seqFrom(room, from, WINDOW - 1);
    show(room);
    list.querySelector('.found')?.classList.remove('found');
    const row = list.querySelector(`[data-seq="${seq}"]`);
    row?.scrollIntoView({ block: 'center', behavior: 'instant' });
    row?.classList.add('found');
    setTimeout(() => row?.classList.remove('found'), FOUND_MS);
  }

  /** Whoever has the end before their eyes has read everything. */
  function watch(): void {
    const watching = following && isSeen();
    if (drawn === null || (!watching && store.state.watched !== key)) return;
    store.dispatch({ type: 'watch', key: watching ? key : null });
    if (watching) markRead(drawn);
  }

  function markRead(room: Room): void {
    const newest = lastSeq(room);
    if (newest === 0 || (newest === read && room.unread.count === 0)) return;
    read = newest;
    void bridge.call('markRead', { key, seq: newest });
  }

  function toEnd(): void {
    if (drawn === null) return;
    store.dispatch({ type: 'found' });
    following = true;
    receive(drawn);
    watch();
    scroller.focus({ preventScroll: true });
  }

  /** To the oldest message known here; scrolling on fetches those before it. */
  function toStart(): void {
    if (drawn === null) return;
    following = false;
    from = firstSeq(drawn);
    to = seqFrom(drawn, from, WINDOW - 1);
    show(drawn);
    scroller.scrollTop = 0;
  }

  function scrolled(): void {
    if (drawn === null) return;
    following = below() <= AT_END && to === lastSeq(drawn);
    fill();
    showJump();
    watch();
  }

  const below = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const scrollToEnd = () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' });

  function rowsInSight(): readonly Held[] {
    const top = scroller.getBoundingClientRect().top;
    return [...list.children]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top)
      .map(({ row, box }) => ({ row, top: box.top }));
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
  // The composer grows, the window shrinks, the text does: whoever was at the end stays there.
  const observer = new ResizeObserver(() => {
    if (following) scrollToEnd();
  });
  observer.observe(scroller);
  observer.observe(list);

  return {
    element: h(
      'div',
      { class: 'log-frame' },
      scroller,
      menu.element,
      jump,
      progress.element,
      announcer.element,
    ),
    draw(state) {
      const room = roomOf(state, key);
      if (room === undefined) return;
      if (room !== drawn) {
        receive(room);
        empty.draw(state);
        if (following) store.dispatch({ type: 'follow', key });
      }
      const { sought } = state;
      if (sought !== null && sought.key === key && sought !== seeking) void seek(sought);
      watch();
    },
    end() {
      if (store.state.watched === key) store.dispatch({ type: 'watch', key: null });
      observer.disconnect();
      clearTimeout(again);
    },
  };
}

/** A row that was in sight and where it stood, in px of the screen. */
interface Held {
  readonly row: Element;
  readonly top: number;
}
