/** About one person: who they are by their key, and what one may do to them. */
import type { Member, MemberId } from '../../main/model/member.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { MemberAct } from '../standing.ts';
import type { IconName } from '../icons.ts';
import type { Room } from '../room-state.ts';
import type { State } from '../state.ts';
import type { Context } from './context.ts';
import { h, setText } from '../dom.ts';
import { actsOn, isCaretaker } from '../standing.ts';
import { roomOf } from '../state.ts';
import { button } from './buttons.ts';
import { paint } from './badge.ts';
import { plainDialog } from './dialog.ts';
import { fingerprint } from './fingerprint.ts';
import { marksOf } from './marks.ts';

const ICONS: Readonly<Record<MemberAct, IconName>> = {
  mute: 'mute',
  unmute: 'unmute',
  appoint: 'shield',
  dismiss: 'shield',
  remove: 'leave',
  ban: 'ban',
  lift: 'check',
};

/** The card of somebody who is or was in the room; `called` is what they were called then. */
export function createMemberDialog(context: Context, key: RoomKey, id: MemberId, called: string) {
  const { store, bridge, words } = context;
  const standing = h('p', { class: 'member-standing' });
  const since = h('p', { class: 'member-since' });
  const acts = h('div', { class: 'member-acts' });
  const refusal = h('p', { class: 'refusal', role: 'alert' });
  const dialog = plainDialog(
    context,
    called,
    null,
    h('div', { class: 'member-facts' }, standing, since),
    h(
      'section',
      { class: 'member-key' },
      fingerprint(context, id),
      h('p', { class: 'field-hint' }, words.member.compare),
    ),
    refusal,
    acts,
  );
  dialog.element.classList.add('member-card');
  paint(dialog.element, id);
  const title = dialog.element.querySelector('#dialog-title');
  let drawn: Room | undefined;
  /** Whether they are banned; null until the room has told, which it tells those who look after it. */
  let banned: boolean | null = null;
  let offered = '';

  async function askBanned(): Promise<void> {
    const reply = await bridge.call('bans', { key });
    if (!reply.ok) return;
    banned = reply.value.bans.some((ban) => ban.id === id);
    const room = roomOf(store.state, key);
    if (room !== undefined) offer(room);
  }

  function offer(room: Room): void {
    const possible = actsOn(room, id, banned);
    if (possible.join() === offered) return;
    offered = possible.join();
    acts.replaceChildren(...possible.map(actButton));
    acts.hidden = possible.length === 0;
  }

  function actButton(act: MemberAct): HTMLElement {
    const look = act === 'ban' || act === 'remove' ? 'warn' : 'plain';
    const made = button(words.member.acts[act], 'plain', () => void choose(act), ICONS[act]);
    made.classList.add(look);
    return made;
  }

  async function choose(act: MemberAct): Promise<void> {
    if (act === 'ban') {
      const name = title?.textContent ?? called;
      store.dispatch({ type: 'open', dialog: { kind: 'ban', key, id, name } });
      return;
    }
    setText(refusal, '');
    const reply = await bridge.call('act', { key, act, on: id });
    if (reply.ok) store.dispatch({ type: 'close-dialog' });
    else setText(refusal, words.error(reply));
  }

  function facts(room: Room, member: Member | undefined): void {
    if (member !== undefined && title !== null) setText(title, member.name);
    const you = room.mine.has(id) ? [h('span', { class: 'note' }, words.roster.you)] : [];
    standing.replaceChildren(...you, ...(member === undefined ? [] : marksOf(words, member)));
    standing.hidden = standing.childElementCount === 0;
    setText(
      since,
      member === undefined
        ? words.member.gone
        : words.member.since(context.times.moment(member.since)),
    );
  }

  return {
    ...dialog,
    draw(state: State) {
      const room = roomOf(state, key);
      if (room === undefined || room === drawn) return;
      const member = room.roster.find((one) => one.id === id);
      if (drawn === undefined && member === undefined && isCaretaker(room)) {
        void askBanned();
      }
      drawn = room;
      facts(room, member);
      offer(room);
    },
  };
}
