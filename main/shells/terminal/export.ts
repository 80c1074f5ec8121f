/** `lanyard export`: a room's log as a file, from this device's copy. */
import { writeFile } from 'node:fs/promises';
import { LanyardError } from '../../errors.ts';
import { exportLog } from '../../export/export-log.ts';
import { readSqliteStorage } from '../../storage/sqlite-storage.ts';
import { storageError } from '../../storage/storage-errors.ts';
import { oneLine } from '../../export/printable.ts';
import type { ExportCommand } from './commands.ts';
import { keptRows } from '../../rooms/kept-rows.ts';
import { keptRooms } from './kept-rooms.ts';

/** Resolves to the exit code. Rejects with nothing-kept, room-unknown, room-unclear, storage-*. */
export async function exportRoom(command: ExportCommand): Promise<number> {
  const storage = readSqliteStorage(command.dataDir);
  try {
    const [room, ...others] = keptRooms(storage, command.room);
    if (!room || others.length > 0) {
      const rooms = storage.rooms().map(({ record }) => `${oneLine(record.name)} (${record.id})`);
      throw new LanyardError({ code: 'room-unclear', details: { rooms: rooms.join(', ') } });
    }
    const { content } = exportLog(room.record, keptRows(room).lines(), command.format);
    if (command.output === null) process.stdout.write(content);
    else
      await writeFile(command.output, content).catch((error: unknown) => {
        throw outputError(error, command.output ?? '');
      });
    return 0;
  } finally {
    storage.close();
  }
}

/** A file that cannot be written, whatever keeps it from that. */
function outputError(error: unknown, output: string): unknown {
  const system = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (system === null || system === 'ENOSPC') return storageError(error, output);
  return new LanyardError({ code: 'output-unwritable', details: { file: output, why: system } });
}
