/** Finds what was said, in one room or in all, and leads to it. */
import type { RoomKey, SearchHit } from '../../preload/contract.ts';
import type { Store } from '../store.ts';
import type { Context, View } from './context.ts';
import { isComposing } from '../composing.ts';
import { h, setAttribute, setText } from '../dom.ts';
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
      show([], '');
      return;
    }
    const from = below === undefined ? {} : { below };
    const reply = await bridge.call('search', { key: within, query, ...from });
    if (question !== questions) return;
    if (!reply.ok) {
      show([], words.error(reply.code, reply.sentence));
      return;
    }
    const { more } = reply.value;
    const found = below === undefined ? reply.value.hits : [...hits, ...reply.value.hits];
    show(found, words.search.found(found.length, more), more && within !== null);
  }

  function show(found: readonly SearchHit[], text: string, more = false): void {
    const goesOn = found.length > hits.length && hits.every((hit, at) => hit === found[at]);
    const rows = found.slice(goesOn ? hits.length : 0).map((hit, at) =>
      searchHit(context, hit, {
        id: `hit-${at + (goesOn ? hits.length : 0)}`,
        query: field.value,
        room: within === null ? (roomOf(store.state, hit.key)?.info.name ?? '') : null,
        choose: () => choose(hit),
      }),
    );
    if (goesOn) list.append(...rows);
    else list.replaceChildren(...rows);
    hits = found;
    if (!goesOn) activate(-1);
    field.setAttribute('aria-expanded', String(found.length > 0));
    list.hidden = found.length === 0;
    if (!more && document.activeElement === further) field.focus();
    further.hidden = !more;
    setText(said, text);
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
    activate(hits.findIndex((hit) => hit.key === key && hit.entry.seq === entry.seq));
    store.dispatch({ type: 'seek', sought: { key, seq: entry.seq } });
    if (!matchMedia(NARROW).matches) return;
    store.dispatch({ type: 'pane', pane: 'chat' });
    document.querySelector<HTMLElement>('.log')?.focus();
  }

  // Whoever chooses with the mouse can go on with the arrow keys.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  field.addEventListener('input', () => void search());
  field.addEventListener('keydown', (event) => {
    if (isComposing(event) || hits.length === 0) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const hit = hits[Math.max(active, 0)];
    if (step !== undefined && !event.altKey) {
      activate(Math.min(Math.max(active + step, 0), hits.length - 1));
    } else if (event.key === 'Enter' && hit !== undefined) {
      choose(hit);
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
      if (now === within) return;
      if (!open && element.contains(document.activeElement)) {
        document.querySelector<HTMLElement>('#composer')?.focus();
      }
      element.hidden = !open;
      within = now;
      if (!open) return;
      scopes.hidden = state.shown === null;
      here.setAttribute('aria-pressed', String(now !== null));
      everywhere.setAttribute('aria-pressed', String(now === null));
      void search();
    },
  };
}
