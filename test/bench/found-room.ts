/** A room of this device with nothing said in it, as a storage has it when its hub is about to start. */
import { randomBytes } from 'node:crypto';
import { roomIdOf } from '../../main/events/room-id.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { firstDeeds, foundingActs, foundingOf } from '../../main/rooms/found-room.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';

/** Who founds it, and what they call it and themselves. */
export interface Founder {
  readonly identity: DeviceIdentity;
  readonly name: string;
  readonly room: string;
}

/** Throws storage-*. */
export function foundRoom(storage: Storage, { identity, name, room }: Founder): RoomStorage {
  const nonce = randomBytes(16).toString('base64url');
  const id = roomIdOf(identity.id, nonce, sha256);
  const kept = storage.add(hostedRecord({ id, founder: identity.id, nonce, name: room }, name));
  const acts = foundingActs(id, { identity, name }, firstDeeds(room, 'open', null));
  foundingOf(kept, identity).enter(acts);
  return kept;
}
