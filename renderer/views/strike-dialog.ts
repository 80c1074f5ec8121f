import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { formDialog } from './dialog.ts';

/** Asks once before what a message said is taken from everybody; `id` is the entry's. */
export function createStrikeDialog(context: Context, key: RoomKey, id: string) {
  const { bridge, words } = context;
  return formDialog(context, {
    title: words.strike.title,
    text: words.strike.text,
    fields: [],
    go: words.strike.go,
    look: 'danger',
    async submit() {
      const reply = await bridge.call('act', { key, act: 'strike', on: id });
      return reply.ok ? null : reply;
    },
  });
}
