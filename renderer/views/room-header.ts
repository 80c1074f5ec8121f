import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Strings } from '../strings/en.ts';
import type { Context, View } from './context.ts';
import { h, setHidden, setText } from '../dom.ts';
import { isCaretaker } from '../standing.ts';
import { roomOf } from '../state.ts';
import { iconButton } from './buttons.ts';
import { createMenu } from './menu.ts';
import { roomMenu } from './room-menu.ts';
import { roomSigns } from './room-signs.ts';
import { openSearch } from './search.ts';

/** The name of the room, how one stands with it, and what one can do with it. */
export function createRoomHeader(context: Context, key: RoomKey): View {
  const { store, words, ask } = context;
  const open = (kind: 'room' | 'leave' | 'forget') =>
    store.dispatch({ type: 'open', dialog: { kind, key } });
  /** Asks first when it touches others: a host's room closes for all, a guest leaves them. */
  const leave = () => {
    const room = roomOf(store.state, key);
    if (room?.status.state === 'here' && room.roster.length > 1) open('leave');
    else void ask('leave', { key });
  };
  const name = h('h1', { class: 'room-name', dir: 'auto' });
  const status = h('p', { class: 'status' });
  const signs = h('ul', { class: 'signs', 'aria-label': words.signs.label });
  const people = iconButton('people', words.room.people, () => {
    const pane = store.state.pane === 'people' ? 'chat' : 'people';
    store.dispatch({ type: 'pane', pane });
  });
  people.classList.add('to-people');
  const back = iconButton('back', words.app.rooms, () =>
    store.dispatch({ type: 'pane', pane: 'rooms' }),
  );
  back.classList.add('to-rooms');
  const own = roomOf(store.state, key)?.own ?? false;
  const going = iconButton(own ? 'stop' : 'leave', own ? words.room.stop : words.room.leave, leave);
  const forget = iconButton('forget', words.room.forget, () => open('forget'));
  const details = iconButton('share', words.room.details, () => open('room'));
  details.classList.add('to-details');
  const menu = createMenu();
  const care = menu.button(words.care.label, () => {
    const room = roomOf(store.state, key);
    return room === undefined ? [] : roomMenu(context, room);
  });
  let drawn: Room | undefined;
  const element = h(
    'header',
    { class: 'room-header' },
    back,
    h('div', { class: 'room-title' }, name, h('div', { class: 'room-state' }, status, signs)),
    iconButton('search', words.room.search, () => openSearch(store, false)),
    details,
    care,
    going,
    forget,
    people,
    menu.element,
  );
  return {
    element,
    draw(state) {
      const room = roomOf(state, key);
      people.setAttribute('aria-pressed', String(state.pane === 'people'));
      if (room === undefined || (drawn !== undefined && sameHead(drawn, room))) return;
      drawn = room;
      setText(name, room.info.name);
      name.title = room.info.name;
      setText(status, statusText(words, room));
      status.dataset['state'] = room.status.state;
      const ended = room.status.state === 'ended';
      setHidden(going, ended);
      setHidden(forget, !ended);
      setHidden(people, ended);
      setHidden(care, !isCaretaker(room));
      signs.replaceChildren(...(ended ? [] : roomSigns(context, room)));
      setHidden(signs, signs.childElementCount === 0);
    },
  };
}

/** True when the header says the same of both, whatever was said in the room since. */
function sameHead(before: Room, room: Room): boolean {
  return (
    before.info === room.info &&
    before.status === room.status &&
    before.hosting === room.hosting &&
    before.roster === room.roster &&
    before.you === room.you
  );
}

/** How a room stands, in a few words. */
export function statusText(words: Strings, room: Room): string {
  switch (room.status.state) {
    case 'connecting':
      return words.status.connecting;
    case 'here':
      return room.hosting === null
        ? words.status.here(room.roster.length)
        : words.status.hosting(room.roster.length);
    case 'waiting':
      return words.status.waitingNow;
    case 'ended':
      if (room.status.reason !== 'left') return words.status.ended;
      return room.own ? words.status.closed : words.status.left;
  }
}
