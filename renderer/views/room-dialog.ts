/** The details of a room: how to let others in, whom to show out, and what it remembers. */
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { roomOf } from '../state.ts';
import { accessNote, accessSetting } from './room-access.ts';
import { button } from './buttons.ts';
import { copyRow } from './copy-row.ts';
import { plainDialog } from './dialog.ts';
import { exportLog } from './export-log.ts';
import { openInviteDialog } from './invite-dialog.ts';
import { memoryNote, memorySetting } from './room-memory.ts';

/** The choices for removing silent people, in minutes. */
const IDLE_CHOICES = [5, 15, 30, 60, 120, 480];

/** Room details and sharing. */
export function createRoomDialog(context: Context, key: RoomKey) {
  const { store } = context;
  const body = h('div', { class: 'details-body' });
  const title = roomOf(store.state, key)?.info.name ?? '';
  const dialog = plainDialog(context, title, null, body);
  let drawn: Room | undefined;

  return {
    ...dialog,
    draw(state: typeof store.state) {
      const room = roomOf(state, key);
      if (room === undefined) return;
      if (
        room.hosting === drawn?.hosting &&
        room.info === drawn?.info &&
        room.roster === drawn?.roster
      )
        return;
      // Whoever is in the middle of choosing keeps the focus.
      const redrawn =
        drawn === undefined || room.hosting !== drawn.hosting || room.info !== drawn.info;
      drawn = room;
      if (!redrawn) return;
      const focused = document.activeElement?.id ?? '';
      body.replaceChildren(
        ...(room.hosting === null
          ? facts(context, room)
          : [
              share(context, room, room.hosting),
              accessSetting(context, room),
              idleSetting(context, room),
              memorySetting(context, room),
            ]),
        exportLog(context, key),
      );
      if (focused !== '') document.getElementById(focused)?.focus();
    },
  };
}

/** What those who do not host the room can only know. */
function facts(context: Context, room: Room): readonly HTMLElement[] {
  const { words } = context;
  const host = room.roster.find((member) => member.role === 'host');
  const hostedBy = host === undefined ? words.room.hostUnknown : words.room.hostedBy(host.name);
  const { idleMinutes } = room.info;
  return [
    ...(room.own ? [] : [h('p', { dir: 'auto' }, hostedBy)]),
    accessNote(context, room),
    ...(idleMinutes === null ? [] : [h('p', {}, words.room.idleNote(idleMinutes))]),
    memoryNote(context, room),
  ];
}

function share(
  { store, words }: Context,
  { key, info }: Room,
  { link, addresses, port }: NonNullable<Room['hosting']>,
): HTMLElement {
  return h(
    'section',
    { class: 'share' },
    h('h3', {}, words.room.shareTitle),
    h('p', {}, words.room.shareTexts[info.access]),
    h(
      'ul',
      { class: 'copy-list' },
      copyRow(words, words.room.link, link),
      ...addresses.map((address) => copyRow(words, words.room.address, address)),
    ),
    h('p', { class: 'field-hint' }, words.room.port(port)),
    button(words.invite.open, 'plain', () => openInviteDialog(store, key), 'ticket'),
  );
}

function idleSetting({ words, ask }: Context, { key, info }: Room): HTMLElement {
  const choices = new Set([
    ...IDLE_CHOICES,
    ...(info.idleMinutes === null ? [] : [info.idleMinutes]),
  ]);
  const select = h(
    'select',
    { id: 'room-idle' },
    h('option', { value: '' }, words.room.idleNever),
    ...[...choices]
      .toSorted((a, b) => a - b)
      .map((minutes) =>
        h(
          'option',
          { value: minutes },
          minutes % 60 === 0 ? words.room.idleHours(minutes / 60) : words.room.idleMinutes(minutes),
        ),
      ),
  );
  select.value = info.idleMinutes === null ? '' : String(info.idleMinutes);
  select.addEventListener('change', () => {
    const minutes = select.value === '' ? null : Number(select.value);
    void ask('setIdleMinutes', { key, minutes });
  });
  return h(
    'section',
    {},
    h(
      'label',
      { class: 'field' },
      h('span', { class: 'label' }, words.room.idleTitle),
      select,
      h('span', { class: 'field-hint' }, words.room.idleText),
    ),
  );
}
