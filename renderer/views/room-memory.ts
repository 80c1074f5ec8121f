/** How long a room remembers what was said, in words, and for its host to choose. */
import type { Room } from '../room-state.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { button } from './buttons.ts';

/** The choices, in days; null is for good, 0 not at all. */
const CHOICES = [null, 365, 30, 7, 0];

/** What everybody may know. */
export function memoryNote({ words }: Context, { info }: Room): HTMLElement {
  return h('p', {}, words.room.remembers(info.remembersDays));
}

/** What the host chooses. Whatever would delete something asks first. */
export function memorySetting(context: Context, { key, info }: Room): HTMLElement {
  const { words, ask, store } = context;
  const now = info.remembersDays;
  const choices = CHOICES.includes(now) ? CHOICES : [...CHOICES, now].toSorted(longestFirst);
  const select = h(
    'select',
    { id: 'room-remembers', 'aria-describedby': 'room-remembers-hint' },
    ...choices.map((days) =>
      h('option', { value: valueOf(days) }, words.room.remembersChoice(days)),
    ),
  );
  select.value = valueOf(now);
  const hint = h(
    'p',
    { class: 'field-hint', id: 'room-remembers-hint' },
    words.room.remembers(now),
  );
  const question = h('div', { class: 'question', role: 'alert' });
  select.addEventListener('change', () => {
    const days = choices[select.selectedIndex] ?? null;
    question.replaceChildren();
    hint.hidden = false;
    if (longestFirst(now, days) < 0) askFirst(days);
    else choose(days);
  });

  function choose(days: number | null): void {
    void ask('setRemembers', { key, days });
  }

  function askFirst(days: number | null): void {
    const cancel = button(words.app.cancel, 'quiet', () => {
      select.value = valueOf(now);
      question.replaceChildren();
      hint.hidden = false;
      select.focus();
    });
    const go = button(words.room.forgetOlder, 'danger', () => choose(days));
    hint.hidden = true;
    question.append(
      h('p', {}, words.room.forgetting(days ?? 0)),
      h('div', { class: 'dialog-actions' }, cancel, go),
    );
  }

  const clear = button(words.room.clear, 'plain', () =>
    store.dispatch({ type: 'open', dialog: { kind: 'clear', key } }),
  );
  return h(
    'section',
    { class: 'memory' },
    h(
      'div',
      { class: 'field' },
      h('label', { class: 'label', for: select.id }, words.room.remembersTitle),
      select,
      hint,
    ),
    question,
    clear,
  );
}

function valueOf(days: number | null): string {
  return days === null ? '' : String(days);
}

function longestFirst(a: number | null, b: number | null): number {
  return (b ?? Infinity) === (a ?? Infinity) ? 0 : (b ?? Infinity) - (a ?? Infinity);
}
