/** Going into a room, whichever way, and asking for what it still wants. */
import type { Problem } from '../../main/model/error-codes.ts';
import type { CallReply } from '../../preload/contract.ts';
import type { WayIn } from '../way-in.ts';
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
  wayIn: WayIn,
  passphrase?: string,
): Promise<Problem | null> {
  const { store } = context;
  const reply = await knock(context, wayIn, passphrase);
  if (reply.ok) {
    const key = wayIn.by === 'room' ? wayIn.key : reply.value?.key;
    if (key !== undefined) store.dispatch({ type: 'show', key });
    return null;
  }
  if (reply.code === 'passphrase-needed' && passphrase === undefined) {
    store.dispatch({ type: 'open', dialog: { kind: 'passphrase', wayIn } });
    return null;
  }
  if (INVITATION_WANTED.has(reply.code) && wayIn.by !== 'address') {
    const room = nameBehind(context, wayIn);
    store.dispatch({ type: 'open', dialog: { kind: 'join', address: '', room } });
    return null;
  }
  if (reply.code === 'host-key-changed' && showChanged(context, wayIn)) return null;
  const { ok: _, ...problem } = reply;
  return problem;
}

/** Goes in by a click; what stands against it is told above everything. */
export async function enterByClick(context: Context, wayIn: WayIn): Promise<void> {
  const refused = await enterRoom(context, wayIn);
  if (refused === null) return;
  context.store.dispatch({ type: 'trouble', trouble: refused });
}

/** What the room is called, empty where that is not known. */
export function nameBehind({ store }: Context, wayIn: WayIn): string {
  switch (wayIn.by) {
    case 'nearby':
      return store.state.nearby.find(({ id }) => id === wayIn.id)?.name ?? '';
    case 'room':
      return roomOf(store.state, wayIn.key)?.info.name ?? '';
    case 'address':
      return '';
  }
}

function knock(
  { bridge }: Context,
  wayIn: WayIn,
  passphrase?: string,
): Promise<CallReply<'joinNearby' | 'joinAddress' | 'rejoin'>> {
  const proof = passphrase === undefined ? {} : { passphrase };
  switch (wayIn.by) {
    case 'nearby':
      return bridge.call('joinNearby', { id: wayIn.id, ...proof });
    case 'address':
      return bridge.call('joinAddress', { address: wayIn.address, ...proof });
    case 'room':
      return bridge.call('rejoin', { key: wayIn.key, ...proof });
  }
}

/** Shows the room whose host has another key now: its view says what that means. */
function showChanged({ store }: Context, wayIn: WayIn): boolean {
  const changed = store.state.rooms.filter(
    ({ status }) => status.state === 'ended' && status.reason === 'host-key-changed',
  );
  const room = changed.find(({ key, info }) => {
    if (wayIn.by === 'address') return changed.length === 1;
    return wayIn.by === 'room' ? key === wayIn.key : info.id === wayIn.id;
  });
  if (room !== undefined) store.dispatch({ type: 'show', key: room.key });
  return room !== undefined;
}
