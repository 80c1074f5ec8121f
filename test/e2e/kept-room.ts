/** What an earlier start has left in a data folder. */
import { randomBytes } from 'node:crypto';
import { signedContent } from '../../main/protocol/signed-content.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { identityOf } from '../support/identities.ts';

export interface KeptRoom {
  readonly room: string;
  /** What was said in it by Bo, a second apart, the last one a minute ago. */
  readonly texts: readonly string[];
  /** Whether it was open at the end, and so opens again with the app. */
  readonly active: boolean;
}

/** Puts a room hosted from this folder into it. Nothing may be running there. */
export function keepRoom(dataDir: string, { room, texts, active }: KeptRoom): void {
  const storage = openSqliteStorage(dataDir);
  const id = randomBytes(12).toString('base64url');
  const record = hostedRecord({ id, name: room, idleMinutes: null, remembersDays: null }, 'Ann');
  const bo = identityOf('Bo');
  const last = texts.length;
  const kept = storage.add({ ...record, active, read: last }, 'an-epoch', 0);
  const end = Date.now() - 60_000;
  kept.entries.append(
    texts.map((text, index) => {
      const at = end - (last - index) * 1_000;
      const said = { kind: 'said', id: `m${index + 1}`, written: at, text } as const;
      const signature = bo.sign(signedContent(id, said));
      return { ...said, seq: index + 1, at, from: bo.id, name: 'Bo', signature };
    }),
  );
  storage.close();
}

/** `message 1`, `message 2` … up to `count`. */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `message ${index + 1}`);
}
