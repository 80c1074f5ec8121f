import type { CheckedEntry } from '../../main/model/entry.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { sentence } from '../sentence.ts';
import { actSentence } from './people-in-log.ts';

/** How many new lines a screen reader is handed before the oldest goes. */
const MOST = 5;

/**
 * Reads out what is new, and only that. The log itself is not live: as its window of rows moves,
 * a live log would have the backlog read out again.
 */
export function createAnnouncer(context: Context) {
  const element = h('div', { class: 'unseen', 'aria-live': 'polite', role: 'status' });

  function line(entry: CheckedEntry): HTMLElement {
    const nodes =
      entry.kind === 'act'
        ? actSentence(context, entry, (_, name) => name)
        : sentence((put) => context.words.log.says(put(entry.name), put(entry.text)));
    return h('p', {}, ...nodes);
  }

  return {
    element,
    announce(entries: readonly CheckedEntry[]): void {
      const heard = entries.filter((entry) => entry.kind === 'act' || entry.redacted !== true);
      element.append(...heard.slice(-MOST).map(line));
      while (element.childElementCount > MOST) element.firstElementChild?.remove();
    },
  };
}
