import type { Member } from '../../main/model/member.ts';
import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';

/** What stands beside a name, never in it: who looks after the room, and who is muted. */
export function marksOf({ roles, roster }: Strings, { role, muted }: Member): readonly Node[] {
  const marks: Node[] = [];
  if (muted) {
    const said = h('span', { class: 'unseen' }, roster.muted);
    marks.push(h('span', { class: 'muted-mark', title: roster.muted }, icon('mute'), said));
  }
  if (role !== 'member') marks.push(h('span', { class: `tag ${role}` }, roles[role]));
  return marks;
}
