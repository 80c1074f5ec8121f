import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { formatIdentity, parseIdentity } from '../../main/identity/kept-identity.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { freshIdentity } from '../support/identities.ts';
import { keepHosted } from '../support/kept-room.ts';
import type { KeptRoom } from '../support/kept-room.ts';

/** Puts a room hosted from this folder into it. Nothing may be running there. */
export function keepRoom(dataDir: string, room: KeptRoom): void {
  const storage = openSqliteStorage(dataDir);
  keepHosted(storage, identityIn(dataDir), room);
  storage.close();
}

/** The key of the device whose folder it is; made when it has none. */
function identityIn(dataDir: string): DeviceIdentity {
  const path = join(dataDir, 'identity.json');
  if (!existsSync(path)) {
    const identity = freshIdentity();
    writeFileSync(path, formatIdentity(identity, null), { mode: 0o600 });
    return identity;
  }
  const kept = parseIdentity(readFileSync(path, 'utf8'), null);
  if (kept.state !== 'plain') throw new Error('a key that is not wrapped was written there');
  return kept.identity;
}

/** `message 1`, `message 2` … up to `count`. */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `message ${index + 1}`);
}
