/** How a host lets somebody in: the link of an open room, or invitations to a closed one. */
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Store } from '../store.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { roomOf } from '../state.ts';
import { plainDialog } from './dialog.ts';
import { inviteForm } from './invite-form.ts';
import { inviteList } from './invite-list.ts';
import type { InviteList } from './invite-list.ts';
import { linkCard } from './link-card.ts';

/** Opens it, for a room this device hosts. */
export function openInviteDialog(store: Store, key: RoomKey): void {
  store.dispatch({ type: 'open', dialog: { kind: 'invite', key } });
}

/** Inviting others into one room. */
export function createInviteDialog(context: Context, key: RoomKey) {
  const { store, words } = context;
  const body = h('div', { class: 'details-body' });
  const name = roomOf(store.state, key)?.info.name ?? '';
  const dialog = plainDialog(context, words.invite.title(name), null, body);
  let drawn: Room | undefined;
  let list: InviteList | null = null;
  dialog.element.addEventListener('close', () => list?.end());

  function fill({ hosting, info }: Room): void {
    list?.end();
    list = null;
    if (hosting === null) {
      body.replaceChildren(h('p', {}, words.invite.closed));
      return;
    }
    const text = h('p', { class: 'invite-text' }, words.invite.texts[info.access]);
    if (info.access === 'open') {
      body.replaceChildren(text, linkCard(context, hosting.link, words.room.link));
      return;
    }
    const made = inviteList(context, key);
    list = made;
    body.replaceChildren(
      text,
      inviteForm(context, key, () => made.refresh()),
      made.element,
    );
    made.refresh();
  }

  function draw(state: typeof store.state): void {
    const room = roomOf(state, key);
    if (room === undefined || room === drawn) return;
    const before = drawn;
    drawn = room;
    const other =
      before?.info.access !== room.info.access || before.hosting?.link !== room.hosting?.link;
    if (other) fill(room);
    // One was made, used or revoked.
    else if (before.hosting !== room.hosting) list?.refresh();
  }

  // What gets the focus has to be there before the dialog opens.
  draw(store.state);
  return { ...dialog, draw };
}
