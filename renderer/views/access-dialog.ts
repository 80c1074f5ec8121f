import { PASSPHRASE_CODES } from '../../main/model/error-codes.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { roomOf } from '../state.ts';
import { accessChoice } from './access-choice.ts';
import { formDialog } from './dialog.ts';

/** Lets the host change who gets in from now on. */
export function createAccessDialog(context: Context, key: RoomKey) {
  const { bridge, store, words } = context;
  const now = roomOf(store.state, key)?.info.access ?? 'open';
  const choice = accessChoice(words, now, store.state.app?.limits.passphrase ?? Infinity);
  choice.element.querySelector('input:checked')?.toggleAttribute('autofocus', true);
  choice.element.querySelector('legend')?.classList.add('unseen');
  return formDialog(context, {
    title: words.access.changeTitle,
    text: words.access.changeText,
    fields: [choice.element],
    go: words.access.save,
    look: 'primary',
    fieldOf: (code) => (PASSPHRASE_CODES.has(code) ? choice.passphrase : null),
    async submit() {
      const chosen = choice.chosen();
      if ('refusal' in chosen) return chosen.refusal;
      const reply = await bridge.call('setAccess', { key, ...chosen.value });
      return reply.ok ? null : reply;
    },
  });
}
