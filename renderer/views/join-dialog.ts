import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { formDialog, labelled } from './dialog.ts';

/** Asks for an address, or, when a link was opened, whether to follow it. */
export function createJoinDialog(context: Context, address: string) {
  const { bridge, store, words } = context;
  const opened = address !== '';
  const field = h('input', {
    autofocus: true,
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    placeholder: words.join.placeholder,
    'aria-describedby': 'refusal',
  });
  field.value = address;
  return formDialog(context, {
    title: opened ? words.join.linkTitle : words.join.title,
    text: opened ? words.join.linkText : words.join.text,
    fields: [labelled(words.join.label, field)],
    go: words.join.go,
    look: 'primary',
    async submit() {
      const reply = await bridge.call('joinAddress', { address: field.value });
      if (!reply.ok) return reply;
      store.dispatch({ type: 'show', key: reply.value.key });
      return null;
    },
  });
}
