import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { roomOf } from '../state.ts';
import { formDialog, labelled } from './dialog.ts';

/** Asks for a new name in one room; the room's refusal shows in place (O13). */
export function createRenameDialog(context: Context, key: RoomKey) {
  const { bridge, store, words } = context;
  const field = h('input', { autofocus: true, dir: 'auto', 'aria-describedby': 'refusal' });
  const room = roomOf(store.state, key);
  field.value = room?.roster.find((member) => member.id === room.you)?.name ?? '';
  return formDialog(context, {
    title: words.rename.title,
    text: words.rename.text,
    fields: [labelled(words.rename.label, field)],
    go: words.rename.save,
    look: 'primary',
    async submit() {
      const reply = await bridge.call('rename', { key, name: field.value });
      return reply.ok ? null : reply;
    },
  });
}
