import type { NearbyRoom } from '../../main/model/room.ts';
import type { IconName } from '../icons.ts';
import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';

/** What is known of a room nearby before one is in it: how many are there, or what it wants. */
export function nearbyNote({ access, home, sidebar }: Strings, room: NearbyRoom): HTMLElement {
  const people = room.members === null ? null : sidebar.people(room.members);
  if (room.version !== 'same') return note(null, home.otherVersion[room.version]);
  if (room.locked) return note('lock', home.locked);
  switch (room.access) {
    case 'open':
      return note(null, people ?? access.short.open);
    case 'passphrase':
      return note('key', access.short.passphrase);
    case 'invite':
      return note('ticket', access.short.invite);
  }
}

function note(name: IconName | null, text: string): HTMLElement {
  return h('span', { class: 'status' }, name === null ? null : icon(name), text);
}

/** True when the note of one room says what the other's would. */
export function sameNote(before: NearbyRoom, room: NearbyRoom): boolean {
  return (
    before.members === room.members &&
    before.access === room.access &&
    before.locked === room.locked &&
    before.version === room.version
  );
}
