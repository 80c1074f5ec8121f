import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { formDialog } from './dialog.ts';

interface Question {
  readonly title: string;
  readonly text: string;
  readonly go: string;
}

/** Asks once before an act that cannot be taken back lightly; `on` is a member's or an entry's id. */
export function createActDialog(
  context: Context,
  key: RoomKey,
  act: 'ban' | 'redact',
  on: string,
  question: Question,
) {
  return formDialog(context, {
    ...question,
    fields: [],
    look: 'danger',
    async submit() {
      const reply = await context.bridge.call('act', { key, act, on });
      return reply.ok ? null : reply;
    },
  });
}
