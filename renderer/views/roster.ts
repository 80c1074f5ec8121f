/** Who is here: yourself first, then who looks after the room, then everybody by name (O12). */
import type { Member } from '../../main/model/member.ts';
import { byRole } from '../../main/model/roles.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Context, View } from './context.ts';
import { h, setHidden, setText } from '../dom.ts';
import { equalRows } from '../equal-rows.ts';
import { roving } from '../roving.ts';
import { roomOf } from '../state.ts';
import { portrait } from './badge.ts';
import { iconButton } from './buttons.ts';
import { marksOf } from './marks.ts';

interface Row {
  readonly member: Member;
  readonly you: boolean;
  readonly typing: boolean;
}

/** The online list of one room. */
export function createRoster(context: Context, key: RoomKey): View {
  const { store, words } = context;
  const order = new Intl.Collator(words.locale, { sensitivity: 'base', numeric: true });
  const count = h('span', { class: 'count' });
  const list = h('ul', { class: 'members' });
  const scroller = h('div', { class: 'members-frame' }, list);
  const close = iconButton('close', words.roster.close, () =>
    store.dispatch({ type: 'pane', pane: 'chat' }),
  );
  close.classList.add('close-people');
  const element = h(
    'aside',
    { class: 'roster', 'aria-labelledby': 'roster-title' },
    h(
      'header',
      { class: 'pane-header' },
      h('h2', { id: 'roster-title' }, words.roster.title, ' ', count),
      close,
    ),
    scroller,
  );
  const stops = roving(list, '.member-open', 'start');
  const showRows = equalRows<Row>(
    scroller,
    list,
    {
      key: (row) => row.member.id,
      create: (row) => fillRow(context, memberRow(context, key, row), row),
      same: (before, row) =>
        before.member === row.member && before.you === row.you && before.typing === row.typing,
      update: (item, row) => fillRow(context, item, row),
    },
    () => stops.settle(),
  );
  let drawn: Room | undefined;
  let sorted: readonly Member[] = [];

  return {
    element,
    draw(state) {
      const room = roomOf(state, key);
      // Nobody can be said to be in a room one is not in oneself.
      setHidden(element, room?.status.state === 'ended');
      const same =
        room?.roster === drawn?.roster &&
        room?.you === drawn?.you &&
        room?.typing === drawn?.typing;
      if (room === undefined || same) return;
      const { you } = room;
      if (room.roster !== drawn?.roster || you !== drawn.you) {
        sorted = inOrderOf(sorted, room.roster).toSorted(
          (a, b) =>
            Number(b.id === you) - Number(a.id === you) ||
            byRole(a.role, b.role) ||
            order.compare(a.name, b.name),
        );
      }
      drawn = room;
      setText(count, String(sorted.length));
      const typing = new Set(room.typing);
      showRows(
        sorted.map((member) => ({
          member,
          you: member.id === you,
          typing: typing.has(member.id),
        })),
      );
      stops.settle();
    },
  };
}

/** The same people, those who were there before as they were: so there is little left to sort. */
function inOrderOf(before: readonly Member[], roster: readonly Member[]): readonly Member[] {
  const here = new Set(roster);
  const stayed = before.filter((member) => here.delete(member));
  return [...stayed, ...here];
}

/** Somebody's row, still empty. Its button stays whatever changes, and with it the focus. */
function memberRow({ store, words }: Context, key: RoomKey, { member, you }: Row): HTMLElement {
  const { id } = member;
  const about = () => {
    const name = roomOf(store.state, key)?.roster.find((one) => one.id === id)?.name;
    store.dispatch({ type: 'open', dialog: { kind: 'member', key, id, name: name ?? '' } });
  };
  return h(
    'li',
    { class: 'member' },
    h('button', {
      type: 'button',
      class: 'member-open',
      'aria-haspopup': 'dialog',
      tabindex: -1,
      on: { click: about },
    }),
    you
      ? iconButton('edit', words.roster.rename, () =>
          store.dispatch({ type: 'open', dialog: { kind: 'rename', key } }),
        )
      : null,
  );
}

function fillRow({ words }: Context, item: HTMLElement, row: Row): HTMLElement {
  const { member, you, typing } = row;
  const notes = [you ? words.roster.you : null, member.away ? words.roster.away : null];
  item.classList.toggle('away', member.away);
  item.classList.toggle('typing', typing);
  const target = item.firstElementChild;
  target?.setAttribute('title', member.name);
  target?.replaceChildren(
    portrait(member.id),
    h(
      'span',
      { class: 'member-text' },
      h('bdi', { class: 'name' }, member.name),
      h(
        'span',
        { class: 'member-marks' },
        ...marksOf(words, member),
        h('span', { class: 'note' }, notes.filter((note) => note !== null).join(' · ')),
      ),
    ),
  );
  return item;
}
