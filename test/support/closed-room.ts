/** Rooms that do not let everybody in. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { OPEN_RULES } from '../../main/hub/rules.ts';
import type { KeptInvite, Rules } from '../../main/hub/rules.ts';
import { registerPassphrase } from '../../main/passphrase/passphrase-record.ts';
import type { PassphraseRecord } from '../../main/passphrase/passphrase-record.ts';
import type { ServerLimits } from '../../main/server/limits.ts';
import type { RoomServer, RoomServerOptions } from '../../main/server/room-server.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';
import { openRoom } from './open-room.ts';

/** What the tests' rooms with a passphrase have. */
export const PASSPHRASE = 'correct horse battery staple';

let record: Promise<PassphraseRecord> | undefined;

/** What a hub keeps of such a room. */
export function storeWith(rules: Partial<Rules>): MemoryHub {
  const store = new MemoryHub(new MemoryEntries('epoch-1'));
  store.commit({ entries: [], struck: [], known: [], rules: { ...OPEN_RULES, ...rules } });
  return store;
}

/** Opens a room for the invited. */
export function openInviteRoom(...invites: readonly KeptInvite[]): Promise<RoomServer> {
  return openRoom({}, { store: storeWith({ access: 'invite', invites }) });
}

/** Opens a room with the passphrase above. */
export async function openPassphraseRoom(
  limits: Partial<ServerLimits> = {},
  options: Partial<RoomServerOptions> = {},
): Promise<RoomServer> {
  record ??= registerPassphrase(PASSPHRASE);
  const store = storeWith({ access: 'passphrase' });
  store.setPassphrase(await record);
  return openRoom(limits, { store, ...options });
}

/** An invitation, as its holder and as its hub know it. */
export function inviteWith(kept: Partial<KeptInvite> = {}) {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('base64url');
  const times = { createdAt: Date.now(), expiresAt: null };
  const fresh = { id: randomUUID(), hash, ...times, uses: 0, maxUses: null, revoked: false };
  return { token, invite: { ...fresh, ...kept } };
}
