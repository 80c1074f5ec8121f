/** How a room is guarded, in small signs. */
import type { IconName } from '../icons.ts';
import type { Room } from '../room-state.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';

interface Sign {
  readonly icon: IconName;
  /** A word or two; on a phone the icon stands for them. */
  readonly label: string;
  readonly title: string;
}

/** The signs of a room: only what is unlike an open room in which everybody speaks. */
export function roomSigns(
  { words: { access: words, signs, seconds } }: Context,
  room: Room,
): readonly Node[] {
  const { access, locked, slowSeconds } = room.info;
  const shown: Sign[] = [];
  if (locked) shown.push({ icon: 'lock', label: signs.locked, title: signs.lockedTitle });
  if (access !== 'open') {
    const name = access === 'passphrase' ? 'key' : 'ticket';
    shown.push({ icon: name, label: words.short[access], title: words.notes[access] });
  }
  if (slowSeconds > 0) {
    const time = seconds(slowSeconds);
    shown.push({ icon: 'clock', label: signs.slow(time), title: signs.slowTitle(time) });
  }
  return shown.map((sign) =>
    h('li', { class: 'sign', title: sign.title }, icon(sign.icon), h('span', {}, sign.label)),
  );
}
