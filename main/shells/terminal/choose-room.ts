import type { Bridge } from '../../../preload/contract.ts';
import type { NearbyRoom, RoomVersion } from '../../model/room.ts';
import { LanyardError } from '../../errors.ts';
import { oneLine } from '../../export/printable.ts';
import type { Screen } from './screen.ts';

/** How long to look around before the list is shown: a room answers within a second or two. */
const LOOK_MS = 2_500;

/** Lists the rooms nearby and asks for one. Rejects with no-rooms, address-needed, no-room-chosen. */
export async function chooseRoom(bridge: Bridge, screen: Screen): Promise<NearbyRoom> {
  screen.print('Looking for rooms on this network…');
  const rooms = await lookAround(bridge);
  if (rooms.length === 0) {
    throw new LanyardError({ code: 'no-rooms' });
  }
  rooms.forEach((room, index) => {
    screen.print(`${String(index + 1).padStart(3)}  ${roomLine(room)}`);
  });
  if (!screen.interactive) {
    throw new LanyardError({ code: 'address-needed' });
  }
  for (;;) {
    screen.print(`Which one? Type a number from 1 to ${rooms.length}.`);
    const typed = await screen.nextLine();
    if (typed === null) throw new LanyardError({ code: 'no-room-chosen' });
    const room = rooms[Number(typed.trim()) - 1];
    if (room) return room;
  }
}

const OTHER_VERSION: Readonly<Record<RoomVersion, string>> = {
  same: '',
  older: 'has an older Lanyard: its host has to update',
  newer: 'needs a newer Lanyard: update this one',
};

/** `Lab 3 · 4 people · passphrase · locked · 10.0.0.1:47100`. */
export function roomLine({
  name,
  members,
  access,
  locked,
  version,
  addresses,
}: NearbyRoom): string {
  const facts = [
    oneLine(name),
    members === null ? '' : `${members} ${members === 1 ? 'person' : 'people'}`,
    { open: '', passphrase: 'passphrase', invite: 'invited only' }[access],
    locked ? 'locked' : '',
    OTHER_VERSION[version],
    addresses[0] ?? '',
  ];
  return facts.filter(Boolean).join(' · ');
}

function lookAround(bridge: Bridge): Promise<readonly NearbyRoom[]> {
  let nearby: readonly NearbyRoom[] = [];
  const unsubscribe = bridge.subscribe((event) => {
    if (event.type === 'snapshot') nearby = event.snapshot.nearby;
    if (event.type === 'nearby') nearby = event.rooms;
  });
  return new Promise((resolve) => {
    setTimeout(() => {
      unsubscribe();
      resolve(nearby);
    }, LOOK_MS);
  });
}
