/** Going into a room, whichever way, and asking for what it still wants. */
import type { Problem } from '../../main/model/error-codes.ts';
import type { CallReply } from '../../preload/contract.ts';
import type { Door } from '../door.ts';
import type { Context } from './context.ts';
import { roomOf } from '../state.ts';

/** Refusals that mean: this invitation lets nobody in, another one might. */
const INVITATION_WANTED: ReadonlySet<string> = new Set([
  'invite-needed',
  'invite-invalid',
  'invite-expired',
  'invite-used-up',
  'invite-revoked',
]);

/**
 * Goes in and shows the room. Null as well when a dialog now asks for what is missing, or when the
 * room itself shows what is wrong; otherwise why one is not let in.
 */
export async function enterRoom(
  context: Context,
  door: Door,
  passphrase?: string,
): Promise<Problem | null> {
  const { store } = context;
  const reply = await knock(context, door, passphrase);
  if (reply.ok) {
    const key = door.by === 'room' ? door.key : reply.value?.key;
    if (key !== undefined) store.dispatch({ type: 'show', key });
    return null;
  }
  if (reply.code === 'passphrase-needed' && passphrase === undefined) {
    store.dispatch({ type: 'open', dialog: { kind: 'passphrase', door } });
    return null;
  }
  if (INVITATION_WANTED.has(reply.code) && door.by !== 'address') {
    const room = nameBehind(context, door);
    store.dispatch({ type: 'open', dialog: { kind: 'join', address: '', room } });
    return null;
  }
  if (reply.code === 'host-key-changed' && showChanged(context, door)) return null;
  const { ok: _, ...problem } = reply;
  return problem;
}

/** Goes in by a click; what stands against it is told above everything. */
export async function enterByClick(context: Context, door: Door): Promise<void> {
  const refused = await enterRoom(context, door);
  if (refused === null) return;
  context.store.dispatch({ type: 'trouble', trouble: refused });
}

/** What the room behind a door is called, empty where that is not known. */
export function nameBehind({ store }: Context, door: Door): string {
  switch (door.by) {
    case 'nearby':
      return store.state.nearby.find(({ id }) => id === door.id)?.name ?? '';
    case 'room':
      return roomOf(store.state, door.key)?.info.name ?? '';
    case 'address':
      return '';
  }
}

function knock(
  { bridge }: Context,
  door: Door,
  passphrase?: string,
): Promise<CallReply<'joinNearby' | 'joinAddress' | 'rejoin'>> {
  const proof = passphrase === undefined ? {} : { passphrase };
  switch (door.by) {
    case 'nearby':
      return bridge.call('joinNearby', { id: door.id, ...proof });
    case 'address':
      return bridge.call('joinAddress', { address: door.address, ...proof });
    case 'room':
      return bridge.call('rejoin', { key: door.key, ...proof });
  }
}

/** Shows the room whose host has another key now: its view says what that means. */
function showChanged({ store }: Context, door: Door): boolean {
  const changed = store.state.rooms.filter(
    ({ status }) => status.state === 'ended' && status.reason === 'host-key-changed',
  );
  const room = changed.find(({ key, info }) => {
    if (door.by === 'address') return changed.length === 1;
    return door.by === 'room' ? key === door.key : info.id === door.id;
  });
  if (room !== undefined) store.dispatch({ type: 'show', key: room.key });
  return room !== undefined;
}
