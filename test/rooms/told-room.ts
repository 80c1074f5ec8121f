/** Bo's room over a hub that says what a test has it say. */
import type { BridgeEvent } from '../../preload/contract.ts';
import { Room } from '../../main/rooms/room.ts';
import type { RoomOptions } from '../../main/rooms/room.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { identityOf } from '../support/identities.ts';
import { LAB } from './lab.ts';
import { ToldHub } from './told-hub.ts';

export const BO = identityOf('Bo');

/** What it tells its windows and the desktop, as it does. */
export function toldRoom(options: Partial<RoomOptions> = {}) {
  const hub = new ToldHub();
  const events: BridgeEvent[] = [];
  const heard: { readonly text: string; readonly mention: boolean }[] = [];
  const storage = options.storage ?? createMemoryStorage();
  const room = new Room({
    ownName: 'Bo',
    identity: BO,
    connect: () => hub.connect,
    storage,
    roomId: LAB.id,
    addresses: () => [],
    label: 'Lab',
    own: false,
    emit: (event) => void events.push(event),
    mayBe: () => true,
    onProblem: (problem) => {
      throw problem;
    },
    onSaid: (_room, { text }, mention) => heard.push({ text, mention }),
    ...options,
  });
  /** What came is taken in at once, as it is before anything is searched. */
  const takeIn = () => void room.search('', Infinity, 1);
  return { room, hub, events, heard, storage, takeIn };
}
