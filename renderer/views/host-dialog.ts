import { PASSPHRASE_CODES, PORT_CODES, ROOM_NAME_CODES } from '../../main/model/error-codes.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { accessChoice } from './access-choice.ts';
import { formDialog, labelled } from './dialog.ts';

/** Asks for the name of a new room, who may come in and, for those who care, its port. */
export function createHostDialog(context: Context) {
  const { bridge, store, words } = context;
  const room = h('input', { autofocus: true, dir: 'auto' });
  room.value = words.host.suggestion(store.state.settings.name ?? '');
  const access = accessChoice(words, 'open', store.state.app?.limits.passphrase ?? Infinity);
  const port = h('input', { inputmode: 'numeric', placeholder: '47100' });
  return formDialog(context, {
    title: words.host.title,
    text: words.host.text,
    fields: [
      labelled(words.host.label, room),
      access.element,
      h(
        'details',
        {},
        h('summary', {}, words.host.advanced),
        labelled(words.host.port, port, words.host.portHint),
      ),
    ],
    go: words.host.go,
    look: 'primary',
    fieldOf(code) {
      if (PASSPHRASE_CODES.has(code)) return access.passphrase;
      if (PORT_CODES.has(code) || code === 'port-wrong') return port;
      return ROOM_NAME_CODES.has(code) ? room : null;
    },
    async submit() {
      const chosen = access.chosen();
      if ('refusal' in chosen) return chosen.refusal;
      const wanted = portFrom(port.value);
      if (wanted === 'wrong') return { code: 'port-wrong' };
      const reply = await bridge.call('host', { room: room.value, ...wanted, ...chosen.value });
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
