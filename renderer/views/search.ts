/** Finds what was said, in one room or in all, and leads to it. */
import type { RoomKey } from '../../main/model/room.ts';
import type { SearchHit } from '../../main/model/search-result.ts';
import type { Store } from '../store.ts';
import type { Context, View } from './context.ts';
import { isComposing } from '../composing.ts';
import { h, setAttribute, setHidden, setText } from '../dom.ts';
import { roomOf } from '../state.ts';
import { button, iconButton } from './buttons.ts';
import { searchHit } from './search-hit.ts';

const FIELD = 'search-field';

/** Where the search lies over the log instead of beside it; as in styles/layout.css. */
const NARROW = '(max-width: 1023px)';

/** Opens the search and lets one type at once. */
export function openSearch(store: Store, everywhere: boolean): void {
  store.dispatch({ type: 'search', everywhere });
  const field = document.querySelector<HTMLInputElement>(`#${FIELD}`);
  field?.focus();
  field?.select();
}

/** The search, in the place of the people. */
export function createSearch(context: Context): View {
  const { store, bridge, words } = context;
  const list = h('ul', { class: 'hits', id: 'search-hits', role: 'listbox' });
  const field = h('input', {
    id: FIELD,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    dir: 'auto',
    placeholder: words.search.placeholder,
    'aria-label': words.search.label,
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
  });
  list.setAttribute('aria-label', words.search.results);
  const here = scope(words.search.here, false);
  const everywhere = scope(words.search.everywhere, true);
  const scopes = h(
    'div',
    { class: 'segments', role: 'group', 'aria-label': words.search.scope },
    here,
    everywhere,
  );
  const said = h('p', { class: 'search-said', role: 'status' });
  const further = button(words.search.more, 'plain', () => void search(hits.at(-1)?.entry.seq));
  const element = h(
    'aside',
    { class: 'search', 'aria-labelledby': 'search-title', hidden: true },
    h(
      'header',
      { class: 'pane-header' },
      h('h2', { id: 'search-title' }, words.search.title),
      iconButton('close', words.search.close, () => store.dispatch({ type: 'pane', pane: 'chat' })),
    ),
    field,
    scopes,
    said,
    h('div', { class: 'hits-frame' }, list, further),
  );

  let hits: readonly SearchHit[] = [];
  /** Which of the hits the arrow keys have come to; -1 before the first. */
  let active = -1;
  /** What is being searched: a room, null for all; undefined while the search is closed. */
  let within: RoomKey | null | undefined;
  /** Resolves when the last question has been answered. */
  let answered = Promise.resolve();
  /** Counts the questions: only the answer to the last one is shown. */
  let questions = 0;

  function scope(label: string, all: boolean): HTMLButtonElement {
    const click = () => openSearch(store, all);
    return h('button', { type: 'button', class: 'segment', on: { click } }, label);
  }

  /** Looks for what is typed; `below` goes on after the last hit of a room. */
  async function search(below?: number): Promise<void> {
    questions += 1;
    const question = questions;
    const query = field.value.trim();
    if (query === '' || within === undefined) {
      clear();
      setText(said, '');
      return;
    }
    const from = below === undefined ? {} : { below };
    const reply = await bridge.call('search', { key: within, query, ...from });
    if (question !== questions) return;
    if (!reply.ok) {
      clear();
      setText(said, words.error(reply));
      return;
    }
    if (below === undefined) clear();
    const { more } = reply.value;
    add(reply.value.hits);
    showFurther(more && within !== null);
    setText(said, words.search.found(hits.length, more));
  }

  function clear(): void {
    activate(-1);
    list.replaceChildren();
    hits = [];
    add([]);
    showFurther(false);
  }

  function add(found: readonly SearchHit[]): void {
    const rows = found.flatMap((hit, at) =>
      hit.entry.kind === 'said'
        ? [
            searchHit(context, hit.entry, {
              id: `hit-${hits.length + at}`,
              query: field.value,
              room: within === null ? (roomOf(store.state, hit.key)?.info.name ?? '') : null,
              choose: () => choose(hit),
            }),
          ]
        : [],
    );
    list.append(...rows);
    hits = [...hits, ...found];
    list.hidden = hits.length === 0;
    field.setAttribute('aria-expanded', String(hits.length > 0));
  }

  function showFurther(more: boolean): void {
    if (!more && document.activeElement === further) field.focus();
    further.hidden = !more;
  }

  function activate(at: number): void {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = at;
    const row = list.children[at];
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
    setAttribute(field, 'aria-activedescendant', row?.id ?? null);
  }

  function choose({ key, entry }: SearchHit): void {
    activate(hits.findIndex((hit) => hit.entry === entry));
    store.dispatch({ type: 'seek', sought: { key, seq: entry.seq } });
    if (!matchMedia(NARROW).matches) return;
    store.dispatch({ type: 'pane', pane: 'chat' });
    document.querySelector<HTMLElement>('.log')?.focus();
  }

  function chooseActive(): void {
    const hit = hits[Math.max(active, 0)];
    if (hit !== undefined) choose(hit);
  }

  // Whoever chooses with the mouse can go on with the arrow keys.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  field.addEventListener('input', () => {
    answered = search();
  });
  field.addEventListener('keydown', (event) => {
    if (isComposing(event)) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && !event.altKey) {
      activate(Math.min(Math.max(active + step, 0), hits.length - 1));
    } else if (event.key === 'Enter') {
      // Whoever types fast means what they typed, not what was found for half of it.
      void answered.then(chooseActive);
    } else {
      return;
    }
    event.preventDefault();
  });

  return {
    element,
    draw(state) {
      const open = state.pane === 'search';
      const now = open ? (state.everywhere ? null : state.shown) : undefined;
      setHidden(scopes, state.shown === null);
      if (now === within) return;
      if (!open && element.contains(document.activeElement)) {
        document.querySelector<HTMLElement>('#composer')?.focus();
      }
      element.hidden = !open;
      within = now;
      if (!open) return;
      here.setAttribute('aria-pressed', String(now !== null));
      everywhere.setAttribute('aria-pressed', String(now === null));
      answered = search();
    },
  };
}
