import type { Entry } from '../../preload/contract.ts';
import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';

/** How many new messages a screen reader is handed before the oldest goes. */
const MOST = 5;

/**
 * Reads out new messages, and only those. The log itself is not live: as its window of rows moves,
 * a live log would have the backlog read out again.
 */
export function createAnnouncer({ log }: Strings) {
  const element = h('div', { class: 'unseen', 'aria-live': 'polite', role: 'status' });
  return {
    element,
    announce(entries: readonly Entry[]): void {
      const lines = entries.slice(-MOST).map(({ name, text }) => h('p', {}, log.says(name, text)));
      element.append(...lines);
      while (element.childElementCount > MOST) element.firstElementChild?.remove();
    },
  };
}
