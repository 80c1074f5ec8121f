/** First start: one question. */
import type { Context, View } from './context.ts';
import { h, setText } from '../dom.ts';

/** A name badge to fill in. */
export function createWelcome({ store, bridge, words }: Context): View {
  const field = h('input', {
    id: 'welcome-name',
    class: 'badge-name',
    autocomplete: 'nickname',
    spellcheck: 'false',
    placeholder: words.welcome.placeholder,
    'aria-label': words.welcome.label,
    'aria-describedby': 'welcome-hint welcome-refusal',
    autofocus: true,
    dir: 'auto',
  });
  field.value = store.state.app?.suggestedName ?? '';
  const refusal = h('p', { class: 'refusal', id: 'welcome-refusal', role: 'alert' });
  const form = h(
    'form',
    { class: 'name-badge' },
    h('span', { class: 'slot', 'aria-hidden': 'true' }),
    h('h1', { class: 'hello' }, words.welcome.hello),
    field,
    refusal,
    h('p', { class: 'hint', id: 'welcome-hint' }, words.welcome.hint),
    h('button', { type: 'submit', class: 'button primary' }, h('span', {}, words.welcome.go)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void enter();
  });

  async function enter(): Promise<void> {
    const reply = await bridge.call('setName', { name: field.value });
    setText(refusal, reply.ok ? '' : words.error(reply));
    if (!reply.ok) field.focus();
  }

  const element = h(
    'main',
    { class: 'welcome', 'aria-label': 'Lanyard' },
    h('div', { class: 'hanging' }, h('span', { class: 'strap', 'aria-hidden': 'true' }), form),
    h('p', { class: 'promise' }, h('strong', {}, 'Lanyard'), ` · ${words.welcome.promise}`),
  );
  return { element, draw: () => undefined };
}
