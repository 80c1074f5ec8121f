/** Who is here: yourself first, then the host, then everybody by name (O12). */
import type { Member, RoomKey } from '../../preload/contract.ts';
import type { Room } from '../room-state.ts';
import type { Context, View } from './context.ts';
import { h, keyedRows, setText } from '../dom.ts';
import { roomOf } from '../state.ts';
import { badge, ownBadge } from './badge.ts';
import { iconButton } from './buttons.ts';

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
    list,
  );
  const showRows = keyedRows<Row>(list, {
    key: (row) => row.member.id,
    create: (row) => memberRow(context, key, row),
    same: (before, row) =>
      before.member === row.member && before.you === row.you && before.typing === row.typing,
  });
  let drawn: Room | undefined;

  return {
    element,
    draw(state) {
      const room = roomOf(state, key);
      // Nobody can be said to be in a room one is not in oneself.
      element.hidden = room?.status.state === 'ended';
      const same =
        room?.roster === drawn?.roster &&
        room?.you === drawn?.you &&
        room?.typing === drawn?.typing;
      if (room === undefined || same) return;
      drawn = room;
      setText(count, String(room.roster.length));
      const rows = room.roster.map((member) => ({
        member,
        you: member.id === room.you,
        typing: room.typing.includes(member.id),
      }));
      showRows(
        rows.toSorted((a, b) => rank(a) - rank(b) || order.compare(a.member.name, b.member.name)),
      );
    },
  };
}

function rank({ you, member }: Row): number {
  if (you) return 0;
  return member.host ? 1 : 2;
}

function memberRow({ store, words }: Context, key: RoomKey, row: Row): HTMLElement {
  const { member, you, typing } = row;
  const notes = [you ? words.roster.you : null, member.away ? words.roster.away : null];
  const classes = ['member', member.away && 'away', typing && 'typing'];
  return h(
    'li',
    { class: classes.filter((name) => name !== false).join(' ') },
    you ? ownBadge(member.name) : badge(member.name),
    h(
      'div',
      { class: 'member-text' },
      h('bdi', { class: 'name', title: member.name }, member.name),
      h('span', { class: 'note' }, notes.filter((note) => note !== null).join(' · ')),
    ),
    member.host ? h('span', { class: 'tag' }, words.roster.host) : null,
    you
      ? iconButton('edit', words.roster.rename, () =>
          store.dispatch({ type: 'open', dialog: { kind: 'rename', key } }),
        )
      : null,
  );
}
