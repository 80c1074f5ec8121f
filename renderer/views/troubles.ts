/** What went wrong and lost touch with, above everything. */
import type { Trouble } from '../state.ts';
import type { Context, View } from './context.ts';
import { h, keyedRows, setHidden, setText } from '../dom.ts';
import { iconButton } from './buttons.ts';

/** The lines at the top of the window; nothing there most of the time. */
export function createTroubles({ store, words }: Context): View {
  const shell = h('p', { class: 'trouble shell', role: 'alert', hidden: true });
  const list = h('div', {});
  const showList = keyedRows<Trouble>(list, {
    key: ({ code }) => code,
    create: ({ code, sentence }) =>
      h(
        'div',
        { class: 'trouble', role: 'alert' },
        h('span', {}, words.error(code, sentence)),
        iconButton('close', words.app.dismiss, () =>
          store.dispatch({ type: 'trouble-read', code }),
        ),
      ),
  });
  return {
    element: h('div', { class: 'troubles' }, shell, list),
    draw(state) {
      setHidden(shell, state.shell === 'connected');
      setText(shell, state.shell === 'connected' ? '' : words.shell[state.shell]);
      showList(state.troubles);
    },
  };
}
