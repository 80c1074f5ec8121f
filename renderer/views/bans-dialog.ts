/** Who may not come into a room, and letting them in again. */
import type { Ban } from '../../main/model/member.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { h, setText } from '../dom.ts';
import { sentence } from '../sentence.ts';
import { portrait } from './badge.ts';
import { plainDialog } from './dialog.ts';

/** The list of those who are banned from a room. */
export function createBansDialog(context: Context, key: RoomKey) {
  const { bridge, words, times } = context;
  const list = h('ul', { class: 'bans' });
  const said = h('p', { class: 'bans-said', role: 'status' });
  const refusal = h('p', { class: 'refusal', role: 'alert' });
  const dialog = plainDialog(context, words.bans.title, words.bans.text, list, said, refusal);

  async function load(): Promise<void> {
    const reply = await bridge.call('bans', { key });
    if (!reply.ok) {
      setText(refusal, words.error(reply));
      return;
    }
    list.replaceChildren(...reply.value.bans.toSorted((a, b) => b.at - a.at).map(banRow));
    showEmpty();
  }

  function showEmpty(): void {
    list.hidden = list.childElementCount === 0;
    setText(said, list.hidden ? words.bans.none : '');
  }

  function banRow({ id, name, by, at }: Ban): HTMLElement {
    const lift = h(
      'button',
      { type: 'button', class: 'button plain', on: { click: () => void letIn() } },
      h('span', {}, words.bans.lift),
      h('span', { class: 'unseen' }, ' ', h('bdi', {}, name)),
    );
    const when = times.moment(at);
    const row = h(
      'li',
      { class: 'ban' },
      portrait(id),
      h(
        'div',
        { class: 'member-text' },
        h('bdi', { class: 'name', title: name }, name),
        h('span', { class: 'note' }, ...sentence((put) => words.bans.by(put(by), when))),
      ),
      lift,
    );

    async function letIn(): Promise<void> {
      lift.disabled = true;
      setText(refusal, '');
      const reply = await bridge.call('act', { key, act: 'lift', on: id });
      lift.disabled = false;
      if (!reply.ok) {
        setText(refusal, words.error(reply));
        return;
      }
      row.remove();
      showEmpty();
      // The focus must not fall into nothing with the row.
      dialog.element.querySelector<HTMLElement>('.ban .button, .icon-button')?.focus();
    }

    return row;
  }

  void load();
  return dialog;
}
