import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { roomOf } from '../state.ts';
import { formDialog } from './dialog.ts';

/** Asks once before a room is left or, by its host, stopped. */
export function createLeaveDialog(context: Context, key: RoomKey) {
  const { bridge, store, words } = context;
  const room = roomOf(store.state, key);
  const name = room?.info.name ?? '';
  const hosting = room !== undefined && room.hosting !== null;
  const others = (room?.roster.length ?? 1) - 1;
  return formDialog(context, {
    title: hosting ? words.leave.stopTitle(name) : words.leave.title(name),
    text: hosting ? words.leave.stopText(others) : words.leave.text,
    fields: [],
    go: hosting ? words.leave.stop : words.leave.go,
    look: 'danger',
    cancel: words.leave.stay,
    async submit() {
      const reply = await bridge.call('leave', { key });
      return reply.ok ? null : reply;
    },
  });
}
