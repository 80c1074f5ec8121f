/** Keys that work everywhere in the window. */
import type { Store } from './store.ts';
import { openSearch } from './views/search.ts';

/** The parts F6 goes through, in order. */
const PANES = [
  '.sidebar button',
  '#composer, .home button',
  '.log',
  '.roster button',
  '.search input',
];

/**
 * F6 goes from part to part, Alt+Up and Alt+Down from room to room, Ctrl or Cmd+F to the search,
 * Escape back from a drawer.
 */
export function watchKeys(store: Store): void {
  document.addEventListener('keydown', (event) => {
    if (store.state.dialog !== null || event.isComposing) return;
    if (event.key === 'F6') {
      event.preventDefault();
      cyclePanes(event.shiftKey ? -1 : 1);
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const command = event.key === 'ArrowUp' ? 'previous-room' : 'next-room';
      store.dispatch({ type: 'command', command: { do: command } });
    } else if (isFind(event) && store.state.settings.name !== null) {
      event.preventDefault();
      openSearch(store, store.state.everywhere);
    } else if (event.key === 'Escape' && ['people', 'search'].includes(store.state.pane)) {
      store.dispatch({ type: 'pane', pane: 'chat' });
    }
  });
}

function isFind(event: KeyboardEvent): boolean {
  return (
    event.ctrlKey !== event.metaKey &&
    !event.altKey &&
    !event.shiftKey &&
    event.key.toLowerCase() === 'f'
  );
}

function cyclePanes(step: 1 | -1): void {
  const stops = PANES.map((selector) =>
    [...document.querySelectorAll<HTMLElement>(selector)].find((element) =>
      element.checkVisibility(),
    ),
  ).filter((element) => element !== undefined);
  const regions = stops.map((stop) =>
    stop.closest('.sidebar, .log, .composer, .roster, .home, .search'),
  );
  const now = regions.findIndex((region) => region?.contains(document.activeElement));
  stops.at((now + (now === -1 && step === -1 ? 0 : step)) % stops.length)?.focus();
}
