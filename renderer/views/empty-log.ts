import type { RoomKey } from '../../main/model/room.ts';
import type { Context, View } from './context.ts';
import { h, setHidden, setText } from '../dom.ts';
import { roomOf } from '../state.ts';
import { button } from './buttons.ts';

/** What stands in the middle of a room in which nothing has been said. */
export function createEmptyLog({ words, store }: Context, key: RoomKey): View {
  const text = h('p', {});
  const share = button(
    words.log.share,
    'plain',
    () => store.dispatch({ type: 'open', dialog: { kind: 'room', key } }),
    'share',
  );
  const title = h('h2', {});
  const element = h('div', { class: 'empty-log', hidden: true }, title, text, share);
  return {
    element,
    draw(state) {
      const room = roomOf(state, key);
      if (room === undefined) return;
      element.hidden =
        room.entries.length > 0 ||
        room.pending.length > 0 ||
        !['here', 'ended'].includes(room.status.state);
      const ended = room.status.state === 'ended';
      const alone = room.roster.length <= 1;
      setText(title, ended ? words.log.emptyEarlier : words.log.emptyTitle);
      setText(text, ended ? '' : alone ? words.log.emptyAlone : words.log.emptyTogether);
      setHidden(share, ended || !alone || room.hosting === null);
    },
  };
}
