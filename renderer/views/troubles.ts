/** What went wrong and lost touch with, above everything. */
import type { Problem } from '../../main/model/error-codes.ts';
import type { Context, View } from './context.ts';
import { h, keyedRows, setHidden, setText } from '../dom.ts';
import { iconButton } from './buttons.ts';

/** The lines at the top of the window; nothing there most of the time. */
export function createTroubles({ store, words }: Context): View {
  const shell = h('p', { class: 'trouble shell', role: 'alert', hidden: true });
  const list = h('div', {});
  const showList = keyedRows<Problem>(list, {
    key: ({ code }) => code,
    create: (problem) =>
      h(
        'div',
        { class: 'trouble', role: 'alert' },
        h('span', {}, words.error(problem)),
        iconButton('close', words.app.dismiss, () =>
          store.dispatch({ type: 'trouble-read', code: problem.code }),
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
