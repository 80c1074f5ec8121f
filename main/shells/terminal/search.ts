/** `lanyard search`: what was said, from this device's copies. */
import { firstConversationOf } from '../../events/room-id.ts';
import { sha256 } from '../../identity/sha256.ts';
import { localTime } from '../../export/local-time.ts';
import { readSqliteStorage } from '../../storage/sqlite-storage.ts';
import { oneLine, printable } from '../../export/printable.ts';
import type { SearchCommand } from './commands.ts';
import { keptRows } from '../../rooms/kept-rows.ts';
import { keptRooms } from './kept-rooms.ts';

/** How many entries of each room are printed. */
const HITS_PER_ROOM = 100;

/** Resolves to the exit code: 1 when nothing was found, like grep. */
export async function searchRooms({ query, room, dataDir }: SearchCommand): Promise<number> {
  const storage = readSqliteStorage(dataDir);
  try {
    const lines = keptRooms(storage, room).flatMap((kept) => {
      const rows = keptRows(kept);
      const talk = firstConversationOf(kept.record.id, sha256);
      return kept.search(talk, query, Infinity, HITS_PER_ROOM).flatMap((entry) => {
        const row = rows.message(entry);
        if (row.kind !== 'said') return [];
        const said = `${oneLine(row.name)}: ${oneLine(row.text)}`;
        return [[localTime(row.at), oneLine(kept.record.name), said].join('  ')];
      });
    });
    for (const line of lines) process.stdout.write(`${printable(line)}\n`);
    return lines.length > 0 ? 0 : 1;
  } finally {
    storage.close();
  }
}
