import type { MemberId } from '../../main/model/member.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { formDialog } from './dialog.ts';

/** Asks once before somebody is kept out of a room for good. */
export function createBanDialog(context: Context, key: RoomKey, id: MemberId, name: string) {
  const { bridge, words } = context;
  return formDialog(context, {
    title: words.ban.title(name),
    text: words.ban.text,
    fields: [],
    go: words.ban.go,
    look: 'danger',
    async submit() {
      const reply = await bridge.call('act', { key, act: 'ban', on: id });
      return reply.ok ? null : reply;
    },
  });
}
