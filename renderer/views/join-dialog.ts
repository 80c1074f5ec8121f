import type { Strings } from '../strings/en.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { isInvitation, placeOf } from '../invitation.ts';
import { formDialog, labelled } from './dialog.ts';
import { enterRoom } from './enter-room.ts';

/**
 * Asks for an address, or, when a link was opened, whether to follow it. With a `room` it asks for
 * an invitation to that one.
 */
export function createJoinDialog(context: Context, address: string, room?: string) {
  const { words } = context;
  const asked = questionOf(words, address, room);
  const field = h('input', {
    autofocus: true,
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    placeholder: asked.placeholder,
  });
  field.value = address;
  // Where it leads stands at its beginning.
  field.setSelectionRange(0, 0);
  return formDialog(context, {
    title: asked.title,
    text: asked.text,
    fields: [labelled(asked.label, field)],
    go: words.join.go,
    look: 'primary',
    fieldOf: () => field,
    submit: () => enterRoom(context, { by: 'address', address: field.value }),
  });
}

function questionOf({ join }: Strings, address: string, room: string | undefined) {
  if (room !== undefined) {
    return {
      title: join.invitedTitle(room),
      text: join.invitedText,
      label: join.invitation,
      placeholder: 'lanyard://…',
    };
  }
  const { label, placeholder } = join;
  if (address === '') return { title: join.title, text: join.text, label, placeholder };
  const place = placeOf(address);
  return isInvitation(address)
    ? { title: join.inviteTitle, text: join.inviteText(place), label: join.invitation, placeholder }
    : { title: join.linkTitle, text: join.linkText(place), label, placeholder };
}
