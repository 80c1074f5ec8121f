/** The middle of the window while no room is shown: what is nearby, and an invitation. */
import type { NearbyRoom } from '../../main/model/room.ts';
import type { Context, View } from './context.ts';
import { h, keyedRows, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { joinable } from '../state.ts';
import { badge, ownBadge } from './badge.ts';
import { button } from './buttons.ts';
import { enterByClick } from './enter-room.ts';
import { nearbyNote, sameNote } from './nearby-note.ts';

/** The overview of rooms nearby. */
export function createHome(context: Context): View {
  const { store, words } = context;
  const greeting = h('h1', {});
  const hanging = h('div', { class: 'home-badge', 'aria-hidden': 'true' });
  const lead = h('p', { class: 'lead' });
  const list = h('ul', { class: 'nearby-cards' });
  const invite = h('p', { class: 'invite' }, words.home.invite);
  const element = h(
    'main',
    { class: 'home sheet', 'aria-label': words.sidebar.overview },
    h(
      'div',
      { class: 'home-column' },
      h('header', { class: 'home-head' }, hanging, greeting, lead),
      list,
      invite,
      h(
        'div',
        { class: 'choices' },
        choice(words.home.hostTitle, words.home.hostText, 'plus', 'primary', () =>
          store.dispatch({ type: 'open', dialog: { kind: 'host' } }),
        ),
        choice(words.home.joinTitle, words.home.joinText, 'link', 'plain', () =>
          store.dispatch({ type: 'open', dialog: { kind: 'join', address: '' } }),
        ),
      ),
      h('p', { class: 'looking' }, words.home.looking),
    ),
  );
  const showCards = keyedRows<NearbyRoom>(list, {
    key: (room) => room.id,
    create: (room) => nearbyCard(context, room),
    same: (before, room) => before.name === room.name && sameNote(before, room),
  });

  let drawn: string | null = null;

  return {
    element,
    draw(state) {
      const rooms = joinable(state);
      const name = state.settings.name ?? '';
      if (name !== drawn) hanging.replaceChildren(ownBadge(name));
      drawn = name;
      setText(greeting, words.home.greeting(name));
      const some = rooms.length > 0;
      const joined = !some && state.nearby.length > 0;
      setText(
        lead,
        some ? words.home.nearby(rooms.length) : joined ? words.home.joined : words.home.empty,
      );
      showCards(rooms);
      list.hidden = !some;
      invite.hidden = some || joined;
    },
  };
}

function choice(
  title: string,
  text: string,
  iconName: 'plus' | 'link',
  look: 'primary' | 'plain',
  click: () => void,
): HTMLElement {
  return h(
    'button',
    { type: 'button', class: `choice ${look}`, on: { click } },
    h('span', { class: 'choice-icon' }, icon(iconName)),
    h('span', { class: 'choice-title' }, title),
    h('span', { class: 'choice-text' }, text),
  );
}

function nearbyCard(context: Context, room: NearbyRoom): HTMLElement {
  const { words } = context;
  const enter = () => void enterByClick(context, { by: 'nearby', id: room.id });
  const join = button(words.home.join, 'plain', enter);
  join.setAttribute('aria-label', words.sidebar.joinRoom(room.name));
  join.disabled = room.version !== 'same';
  return h(
    'li',
    { class: 'nearby-card' },
    badge(room.name),
    h(
      'div',
      { class: 'room-text' },
      h('bdi', { class: 'name', title: room.name }, room.name),
      nearbyNote(words, room),
    ),
    join,
  );
}
