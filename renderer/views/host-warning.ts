/** Another key answered in the place of a room's host: what that means, and what one can do. */
import type { MemberId } from '../../main/model/member.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Context, View } from './context.ts';
import { h, setHidden } from '../dom.ts';
import { icon } from '../icons.ts';
import { roomOf } from '../state.ts';
import { button } from './buttons.ts';
import { fingerprint } from './fingerprint.ts';

/** The warning of one room; it stands in the place of the log until one has stayed away. */
export function createHostWarning(context: Context, key: RoomKey): View {
  const { words } = context;
  const element = h('section', { class: 'host-warning', hidden: true });
  element.setAttribute('aria-labelledby', 'host-warning-title');
  let drawn: MemberId | null = null;

  /** One line is left, so that what was said can be read. */
  function fold(other: MemberId, remembered: MemberId | null): void {
    element.classList.add('folded');
    const look = button(words.hostChanged.compare, 'plain', () => unfold(other, remembered));
    element.replaceChildren(icon('warning'), title(words.hostChanged.short), look);
    look.focus();
  }

  function unfold(other: MemberId, remembered: MemberId | null): void {
    element.classList.remove('folded');
    const stay = button(words.hostChanged.stay, 'primary', () => fold(other, remembered));
    element.replaceChildren(
      h(
        'div',
        { class: 'host-warning-column' },
        h(
          'div',
          { role: 'alert' },
          h(
            'div',
            { class: 'host-warning-head' },
            h('span', { class: 'host-warning-sign' }, icon('warning')),
            title(words.hostChanged.title),
          ),
          h('p', {}, words.hostChanged.text),
        ),
        h(
          'div',
          { class: 'two-keys' },
          remembered === null ? null : oneKey(context, words.hostChanged.remembered, remembered),
          oneKey(context, words.hostChanged.answered, other),
        ),
        h('p', { class: 'host-warning-advice' }, words.hostChanged.advice),
        stay,
      ),
    );
  }

  return {
    element,
    draw(state) {
      const room = roomOf(state, key);
      if (room === undefined) return;
      const other = otherHostOf(room);
      if (other === drawn) return;
      drawn = other;
      setHidden(element, other === null);
      if (other === null) element.replaceChildren();
      else unfold(other, room.hostKey);
    },
  };
}

/** The key that keeps one out of a room because it is not its host's; null while none does. */
export function otherHostOf({ status, otherHostKey }: Room): MemberId | null {
  return status.state === 'ended' && status.reason === 'host-key-changed' ? otherHostKey : null;
}

function title(text: string): HTMLElement {
  return h('h2', { id: 'host-warning-title' }, text);
}

function oneKey(context: Context, label: string, id: MemberId): HTMLElement {
  return h('figure', {}, h('figcaption', {}, label), fingerprint(context, id));
}
