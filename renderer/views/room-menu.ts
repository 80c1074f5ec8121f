/** What those who look after a room can change about it. */
import type { ActName } from '../../main/model/act-names.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { Context } from './context.ts';
import type { MenuGroup, MenuItem } from './menu.ts';
import { ownRole } from '../standing.ts';

/** The choices for slow mode, in seconds. */
const SLOW_CHOICES = [0, 5, 10, 30, 60, 300];

/** Where the header has no place for a button of its own; as in styles/conversation.css. */
const NARROW = '(max-width: 719px)';

/** What the menu of a room offers this person now. */
export function roomMenu(context: Context, room: Room): readonly MenuGroup[] {
  const { words } = context;
  const { key, info } = room;
  const open = (kind: 'room' | 'invite' | 'bans') => () =>
    context.store.dispatch({ type: 'open', dialog: { kind, key } });
  const details: MenuItem = { label: words.room.details, icon: 'share', choose: open('room') };
  const invite: MenuItem = { label: words.care.invite, icon: 'ticket', choose: open('invite') };
  return [
    {
      title: null,
      items: [
        ...(matchMedia(NARROW).matches ? [details] : []),
        ...(ownRole(room) === 'host' ? [invite] : []),
        info.locked
          ? { label: words.care.unlock, icon: 'unlock', choose: doing(context, key, 'unlock', '') }
          : { label: words.care.lock, icon: 'lock', choose: doing(context, key, 'lock', '') },
        { label: words.care.bans, icon: 'ban', choose: open('bans') },
      ],
    },
    {
      title: words.care.slow,
      items: slowChoices(info.slowSeconds).map((seconds) => ({
        label: seconds === 0 ? words.care.slowOff : words.seconds(seconds),
        chosen: seconds === info.slowSeconds,
        choose: doing(context, key, 'slow', String(seconds)),
      })),
    },
  ];
}

/** With the one that holds, which another program may have chosen. */
function slowChoices(now: number): readonly number[] {
  return [...new Set([...SLOW_CHOICES, now])].toSorted((a, b) => a - b);
}

function doing(
  { ask }: Context,
  key: RoomKey,
  act: Exclude<ActName, 'access'>,
  on: string,
): () => void {
  return () => void ask('act', { key, act, on });
}
