import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { roomOf } from '../state.ts';
import { formDialog } from './dialog.ts';

/** Asks the host once before everything said in a room is deleted everywhere. */
export function createClearDialog(context: Context, key: RoomKey) {
  const { bridge, store, words } = context;
  return formDialog(context, {
    title: words.clear.title(roomOf(store.state, key)?.info.name ?? ''),
    text: words.clear.text,
    fields: [],
    go: words.clear.go,
    look: 'danger',
    async submit() {
      const reply = await bridge.call('clearHistory', { key });
      return reply.ok ? null : reply;
    },
  });
}
