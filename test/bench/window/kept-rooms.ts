/** What an earlier start has left in a data folder: rooms of one's own that open again with the app. */
import { firstConversationOf } from '../../../main/events/room-id.ts';
import { openIdentity } from '../../../main/identity/identity-file.ts';
import { sha256 } from '../../../main/identity/sha256.ts';
import { openSqliteStorage } from '../../../main/storage/sqlite-storage.ts';
import { fillLog } from '../fill-log.ts';
import { foundRoom } from '../found-room.ts';
import { indexWords } from '../index-words.ts';

export interface KeptRoom {
  readonly name: string;
  readonly entries: number;
}

/** Puts rooms into an empty folder, all of it read and ready to be searched. */
export async function keepRooms(dataDir: string, rooms: readonly KeptRoom[]): Promise<void> {
  const { identity } = await openIdentity(dataDir, null);
  const storage = openSqliteStorage(dataDir);
  for (const { name: room, entries } of rooms) {
    const kept = foundRoom(storage, { identity, name: 'Ann', room });
    fillLog(kept, entries);
    const log = kept.hub.log(firstConversationOf(kept.record.id, sha256));
    kept.changeRead(log.before(entries + 1, 1)[0]?.id ?? '');
  }
  storage.close();
  indexWords(dataDir);
}
