/** Rooms that do not let everybody in. */
import { createHash, randomBytes } from 'node:crypto';
import { registerPassphrase } from '../../main/passphrase/passphrase-record.ts';
import type { PassphraseRecord } from '../../main/passphrase/passphrase-record.ts';
import type { ServerLimits } from '../../main/server/limits.ts';
import type { RoomServer, RoomServerOptions } from '../../main/server/room-server.ts';
import { foundedStore, openRoom } from './open-room.ts';

/** What the tests' rooms with a passphrase have. */
export const PASSPHRASE = 'correct horse battery staple';

let record: Promise<PassphraseRecord> | undefined;

/** An invitation as its room has it. */
export interface Invitation {
  readonly hash: string;
  readonly expiresAt: number | null;
  readonly maxUses: number | null;
}

/** Opens a room for the invited. */
export function openInviteRoom(...invitations: readonly Invitation[]): Promise<RoomServer> {
  const made = invitations.map((invitation) => ['act/invitation', invitation] as const);
  return openRoom({}, { store: foundedStore(['act/settings', { access: 'invite' }], ...made) });
}

/** Opens a room with the passphrase above. */
export async function openPassphraseRoom(
  limits: Partial<ServerLimits> = {},
  options: Partial<RoomServerOptions> = {},
): Promise<RoomServer> {
  record ??= registerPassphrase(PASSPHRASE);
  const store = foundedStore(['act/passphrase', await record]);
  return openRoom(limits, { store, ...options });
}

/** An invitation, as its holder and as its room know it. */
export function inviteWith(kept: Partial<Invitation> = {}) {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('base64url');
  return { token, invite: { hash, expiresAt: null, maxUses: null, ...kept } };
}
