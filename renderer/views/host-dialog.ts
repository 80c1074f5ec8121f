import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { formDialog, labelled } from './dialog.ts';

/** Asks for the name of a new room and, for those who care, its port. */
export function createHostDialog(context: Context) {
  const { bridge, store, words } = context;
  const room = h('input', { autofocus: true, dir: 'auto', 'aria-describedby': 'refusal' });
  room.value = words.host.suggestion(store.state.settings.name ?? '');
  const port = h('input', {
    inputmode: 'numeric',
    placeholder: '47100',
    'aria-describedby': 'refusal',
  });
  return formDialog(context, {
    title: words.host.title,
    text: words.host.text,
    fields: [
      labelled(words.host.label, room),
      h(
        'details',
        {},
        h('summary', {}, words.host.advanced),
        labelled(words.host.port, port, words.host.portHint),
      ),
    ],
    go: words.host.go,
    look: 'primary',
    async submit() {
      const wanted = portFrom(port.value);
      if (wanted === 'wrong') return { code: 'port-wrong', sentence: words.host.portWrong };
      const reply = await bridge.call('host', { room: room.value, ...wanted });
      if (!reply.ok) return reply;
      store.dispatch({ type: 'show', key: reply.value.key });
      return null;
    },
  });
}

function portFrom(typed: string): { readonly port?: number } | 'wrong' {
  const text = typed.trim();
  if (text === '') return {};
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? { port } : 'wrong';
}
