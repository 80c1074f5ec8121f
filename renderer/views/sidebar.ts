/** Left: the rooms one is in, the rooms nearby, and the ways to a new one. */
import type { NearbyRoom, RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { State } from '../state.ts';
import type { Context, View } from './context.ts';
import type { KeyedRows } from '../dom.ts';
import { h, keyedRows, setHidden, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { earlierRooms, joinable, openRooms, roomOf } from '../state.ts';
import { ownBadge } from './badge.ts';
import { button, iconButton } from './buttons.ts';
import { enterByClick } from './enter-room.ts';
import { nearbyNote } from './nearby-note.ts';
import { statusText } from './room-header.ts';
import { openSearch } from './search.ts';

/** Up to how many rooms of the past are shown without being asked for. */
const EARLIER_OPEN = 5;

interface RoomRow {
  readonly room: Room;
  readonly shown: boolean;
}

/** The list of rooms. */
export function createSidebar(context: Context): View {
  const { store, words } = context;
  const show = (key: RoomKey | null) => store.dispatch({ type: 'show', key });
  const yours = h('ul', { class: 'rooms' });
  const earlier = h('ul', { class: 'rooms' });
  const earlierCount = h('span', { class: 'count' });
  const earlierList = h(
    'details',
    { class: 'earlier' },
    h('summary', {}, h('h2', {}, words.sidebar.earlier, ' ', earlierCount), icon('forward')),
    earlier,
  );
  const none = h('p', { class: 'side-hint' }, words.sidebar.none);
  const nearby = h('ul', { class: 'rooms' });
  const looking = h('p', { class: 'side-hint looking' }, words.sidebar.looking);
  const overview = h(
    'button',
    {
      type: 'button',
      class: 'brand',
      title: words.sidebar.overview,
      on: { click: () => show(null) },
    },
    h('span', { class: 'brand-mark', 'aria-hidden': 'true' }),
    h('span', { class: 'brand-name' }, 'Lanyard'),
    h('span', { class: 'unseen' }, words.sidebar.overview),
  );
  const you = h('div', { class: 'you' });
  const element = h(
    'nav',
    { class: 'sidebar', 'aria-label': words.app.rooms },
    h(
      'div',
      { class: 'side-head' },
      overview,
      iconButton('search', words.sidebar.search, () => openSearch(store, true)),
    ),
    h(
      'div',
      { class: 'side-lists' },
      h('section', {}, h('h2', {}, words.sidebar.yours), yours, none),
      h('section', {}, h('h2', {}, words.sidebar.nearby), nearby, looking),
      earlierList,
    ),
    h(
      'div',
      { class: 'side-actions' },
      button(
        words.sidebar.host,
        'primary',
        () => store.dispatch({ type: 'open', dialog: { kind: 'host' } }),
        'plus',
      ),
      button(
        words.sidebar.join,
        'quiet',
        () => store.dispatch({ type: 'open', dialog: { kind: 'join', address: '' } }),
        'link',
      ),
    ),
    you,
  );
  const roomRows: KeyedRows<RoomRow> = {
    key: ({ room }) => room.key,
    create: (row) => {
      const click = () => show(row.room.key);
      return fillRoom(
        context,
        h('li', {}, h('button', { type: 'button', class: 'room', on: { click } })),
        row,
      );
    },
    same: sameRoomRow,
    update: (item, row) => fillRoom(context, item, row),
  };
  const showYours = keyedRows(yours, roomRows);
  const showEarlier = keyedRows(earlier, roomRows);
  const showNearby = keyedRows<NearbyRoom>(nearby, {
    key: (room) => room.id,
    create: (room) => {
      const click = () => void enterByClick(context, { by: 'nearby', id: room.id });
      return fillNearby(
        context,
        h('li', {}, h('button', { type: 'button', class: 'room nearby', on: { click } })),
        room,
      );
    },
    update: (item, room) => fillNearby(context, item, room),
  });
  let name: string | null = null;
  let drawn: { readonly shown: RoomKey | null; readonly earlier: number } | null = null;

  /** Many rooms of the past stay folded away, until one of them is shown. */
  function drawEarlier(state: State): void {
    const rooms = earlierRooms(state);
    showEarlier(rooms.map((room) => ({ room, shown: room.key === state.shown })));
    setHidden(earlierList, rooms.length === 0);
    setText(earlierCount, String(rooms.length));
    const now = { shown: state.shown, earlier: rooms.length };
    if (drawn === null) earlierList.open = rooms.length <= EARLIER_OPEN;
    const changed = drawn?.shown !== now.shown || drawn.earlier !== now.earlier;
    if (changed && roomOf(state, state.shown)?.status.state === 'ended') earlierList.open = true;
    drawn = now;
  }

  return {
    element,
    draw(state) {
      const open = openRooms(state);
      showYours(open.map((room) => ({ room, shown: room.key === state.shown })));
      setHidden(none, open.length > 0);
      drawEarlier(state);
      const rooms = joinable(state);
      showNearby(rooms);
      setHidden(looking, rooms.length > 0);
      overview.setAttribute('aria-current', state.shown === null ? 'page' : 'false');
      if (state.settings.name === name) return;
      name = state.settings.name;
      you.replaceChildren(...yourself(context, name ?? ''));
    },
  };
}

function yourself({ store, words }: Context, name: string): readonly Node[] {
  const nameElement = h('bdi', { class: 'name', title: name }, name);
  const settings = iconButton('settings', words.sidebar.settings, () =>
    store.dispatch({ type: 'open', dialog: { kind: 'settings' } }),
  );
  return [ownBadge(name), nameElement, settings];
}

function sameRoomRow(before: RoomRow, row: RoomRow): boolean {
  const a = before.room;
  const b = row.room;
  return (
    before.shown === row.shown &&
    a.info === b.info &&
    a.status === b.status &&
    a.unread === b.unread &&
    a.roster.length === b.roster.length
  );
}

/** The button itself stays, and with it the focus. */
function fillRoom({ words }: Context, item: HTMLElement, { room, shown }: RoomRow): HTMLElement {
  const { count, mentions } = room.unread;
  const said = mentions > 0 ? words.sidebar.mentions(mentions) : words.sidebar.unread(count);
  const status = h(
    'span',
    { class: 'status', 'data-state': room.status.state },
    statusText(words, room),
  );
  const unread = h(
    'span',
    { class: mentions > 0 ? 'unread mention' : 'unread' },
    h('span', { 'aria-hidden': 'true' }, count > 99 ? '99+' : String(count)),
    h('span', { class: 'unseen' }, said),
  );
  const target = item.firstElementChild;
  target?.setAttribute('title', room.info.name);
  target?.setAttribute('aria-current', String(shown));
  target?.replaceChildren(
    h('span', { class: 'room-text' }, roomName(room.info.name), status),
    ...(count === 0 ? [] : [unread]),
  );
  return item;
}

function fillNearby({ words }: Context, item: HTMLElement, room: NearbyRoom): HTMLElement {
  const target = item.firstElementChild;
  target?.setAttribute('title', room.name);
  target?.toggleAttribute('disabled', room.version !== 'same');
  target?.replaceChildren(
    h('span', { class: 'room-text' }, roomName(room.name), nearbyNote(words, room)),
    ...(room.version === 'same' ? [h('span', { class: 'join-word' }, words.home.join)] : []),
  );
  return item;
}

function roomName(name: string): HTMLElement {
  return h('bdi', { class: 'name' }, name);
}
