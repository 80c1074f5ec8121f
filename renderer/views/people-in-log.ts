/** The people of a log: their names, and the sentences about what they did. */
import type { MemberId } from '../../main/model/member.ts';
import type { NoticeText } from '../../main/model/notice.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Act } from '../log-rows.ts';
import type { Strings } from '../strings/en.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { sentence } from '../sentence.ts';

/** A name that leads to what is known of who has it. */
export function nameButton(
  { store }: Context,
  key: RoomKey,
  id: MemberId,
  name: string,
): HTMLElement {
  const click = () => store.dispatch({ type: 'open', dialog: { kind: 'member', key, id, name } });
  return h(
    'button',
    {
      type: 'button',
      class: 'by-name row-control',
      'aria-haspopup': 'dialog',
      tabindex: -1,
      on: { click },
    },
    h('bdi', { class: 'name' }, name),
  );
}

/** What somebody who looks after the room did; `named` makes the node of a name. */
export function actSentence(
  { words }: Context,
  entry: Act,
  named: (id: MemberId, name: string) => Node | string,
): readonly Node[] {
  const { act, on, from, name, onName } = entry;
  return sentence((put) => {
    const whom = onName === '' ? words.act.somebody : put(named(on, onName));
    return words.act.did(act, put(named(from, name)), whom, ruleOf(words, entry));
  });
}

/** What holds since an act that changed a rule of the room. */
function ruleOf(words: Strings, { act, on }: Act): string {
  if (act === 'slow') return Number(on) > 0 ? words.seconds(Number(on)) : '';
  if (act !== 'access') return '';
  const notes: Readonly<Record<string, string>> = words.access.notes;
  return Object.hasOwn(notes, on) ? (notes[on] ?? '') : '';
}

/** Who came, went or changed name, or how one's own connection stands. */
export function noticeSentence({ words }: Context, what: NoticeText): readonly Node[] {
  return sentence((put) => {
    switch (what.kind) {
      case 'renamed':
        return words.notice(
          { ...what, before: put(what.before), name: put(what.name) },
          words.error,
        );
      case 'joined':
      case 'left':
        return words.notice({ ...what, name: put(what.name) }, words.error);
      default:
        return words.notice(what, words.error);
    }
  });
}
