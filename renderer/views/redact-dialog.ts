import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { formDialog } from './dialog.ts';

/** Asks once before what a message said is taken from everybody; `id` is the entry's. */
export function createRedactDialog(context: Context, key: RoomKey, id: string) {
  const { bridge, words } = context;
  return formDialog(context, {
    title: words.redact.title,
    text: words.redact.text,
    fields: [],
    go: words.redact.go,
    look: 'danger',
    async submit() {
      const reply = await bridge.call('act', { key, act: 'redact', on: id });
      return reply.ok ? null : reply;
    },
  });
}
