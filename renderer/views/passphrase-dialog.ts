import type { WayIn } from '../way-in.ts';
import type { Context } from './context.ts';
import { passphraseRefusal } from './access-choice.ts';
import { formDialog } from './dialog.ts';
import { enterRoom, nameBehind } from './enter-room.ts';
import { passphraseField } from './passphrase-field.ts';

/** Asks for the passphrase of a room, until it is the right one. */
export function createPassphraseDialog(context: Context, wayIn: WayIn) {
  const { store, words } = context;
  const { element, input } = passphraseField(words, false);
  input.autofocus = true;
  return formDialog(context, {
    title: words.passphrase.title(nameBehind(context, wayIn)),
    text: words.passphrase.text,
    fields: [element],
    go: words.join.go,
    look: 'primary',
    fieldOf: () => input,
    submit() {
      const refusal = passphraseRefusal(
        input.value,
        store.state.app?.limits.passphrase ?? Infinity,
      );
      return refusal === null ? enterRoom(context, wayIn, input.value) : Promise.resolve(refusal);
    },
  });
}
