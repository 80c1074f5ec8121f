import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { roomOf } from '../state.ts';
import { formDialog } from './dialog.ts';

/** Asks once before this device's copy of a room is deleted. */
export function createForgetDialog(context: Context, key: RoomKey) {
  const { bridge, store, words } = context;
  const room = roomOf(store.state, key);
  return formDialog(context, {
    title: words.forget.title(room?.info.name ?? ''),
    text: room?.own === true ? words.forget.ownText : words.forget.text,
    fields: [],
    go: words.forget.go,
    look: 'danger',
    async submit() {
      const reply = await bridge.call('forget', { key });
      return reply.ok ? null : reply;
    },
  });
}
