import { onTestFinished } from 'vitest';
import type { ServerLimits } from '../../main/server/limits.ts';
import { startRoomServer } from '../../main/server/room-server.ts';
import type { RoomServer, RoomServerOptions } from '../../main/server/room-server.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';

/** Opens a room on a free port for the length of a test. */
export async function openRoom(
  limits: Partial<ServerLimits> = {},
  options: Partial<RoomServerOptions> = {},
): Promise<RoomServer> {
  const server = await startRoomServer({
    room: { id: 'room-1', name: 'Lab 3', locked: false, idleMinutes: null, remembersDays: null },
    log: new MemoryEntries('epoch-1'),
    port: null,
    onProblem(problem) {
      throw problem;
    },
    // Goodbyes that nobody answers should not keep a test waiting.
    limits: { closeMs: 300, ...limits },
    ...options,
  });
  onTestFinished(() => server.stop());
  return server;
}
