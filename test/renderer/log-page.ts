/** In a page: the rows of a log as elements, and the dialogs they ask for. */
import type { CheckedEntry } from '../../main/model/entry.ts';
import { logRows } from '../../renderer/log-rows.ts';
import { initialState } from '../../renderer/state.ts';
import { createStore } from '../../renderer/store.ts';
import { en } from '../../renderer/strings/en.ts';
import { createTimes, dayOf } from '../../renderer/times.ts';
import { logRow } from '../../renderer/views/log-row.ts';
import { createMenu } from '../../renderer/views/menu.ts';

/** Shows these as the person with this id sees them. */
export function show(entries: readonly CheckedEntry[], you: string): void {
  const store = createStore(initialState(null));
  const bridge = {
    call: () => Promise.reject(new Error('none')),
    subscribe: () => () => undefined,
  };
  const context = {
    store,
    bridge,
    words: en,
    times: createTimes(en, () => entries[0]?.at ?? 0),
    ownNotifications: false,
    ask: () => Promise.resolve(null),
  };
  const menu = createMenu();
  const rows = logRows({
    before: null,
    entries,
    notices: [],
    pending: [],
    fate: 'sending',
    looksAfter: false,
    mine: new Set([you]),
    unreadFrom: null,
    today: dayOf(0),
  });
  const list = document.createElement('ol');
  list.append(...rows.map((row) => logRow(context, 'r', menu, row)));
  document.body.replaceChildren(list, menu.element);
}
