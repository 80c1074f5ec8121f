/** Says all the time that a room is hosted without encryption. */
import type { RoomKey } from '../../main/model/room.ts';
import type { Context, View } from './context.ts';
import { h, setHidden } from '../dom.ts';
import { icon } from '../icons.ts';
import { roomOf } from '../state.ts';

/** The sign of one room, nothing for one that is encrypted. */
export function createPlainSign({ words }: Context, key: RoomKey): View {
  const element = h(
    'div',
    { class: 'plain-sign', role: 'alert', hidden: true },
    icon('warning'),
    h('p', {}, h('strong', {}, words.plain.title), ' ', words.plain.text),
  );
  return {
    element,
    draw(state) {
      setHidden(element, roomOf(state, key)?.hosting?.encrypted !== false);
    },
  };
}
