/** What an earlier start has left in a data folder. */
import { randomBytes } from 'node:crypto';
import { hostedRecord } from '../../main/storage/room-record.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';

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
  const info = { name: room, locked: false, idleMinutes: null, remembersDays: null };
  const record = hostedRecord({ id: randomBytes(12).toString('base64url'), ...info }, 'Ann');
  const last = texts.length;
  const kept = storage.add({ ...record, active, read: last }, 'an-epoch', 0);
  const end = Date.now() - 60_000;
  kept.entries.append(
    texts.map((text, index) => ({
      kind: 'said',
      seq: index + 1,
      at: end - (last - index) * 1_000,
      id: `m${index + 1}`,
      from: 'bo',
      name: 'Bo',
      text,
    })),
  );
  storage.close();
}

/** `message 1`, `message 2` … up to `count`. */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `message ${index + 1}`);
}
