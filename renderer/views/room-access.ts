/** Who gets into a room, in words, and for its host to change. */
import type { Room } from '../room-state.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { button } from './buttons.ts';

/** What everybody in the room may know. */
export function accessNote({ words }: Context, { info }: Room): HTMLElement {
  return h('p', {}, words.access.notes[info.access]);
}

/** What the host chose, and the way to change it. */
export function accessSetting({ store, words }: Context, { key, info }: Room): HTMLElement {
  const change = button(words.access.change, 'plain', () =>
    store.dispatch({ type: 'open', dialog: { kind: 'access', key } }),
  );
  return h(
    'section',
    { class: 'room-access' },
    h(
      'div',
      {},
      h('h3', {}, words.access.title),
      h('p', { class: 'field-hint' }, words.access.notes[info.access]),
    ),
    change,
  );
}
