import { onTestFinished } from 'vitest';
import type { ServerLimits } from '../../main/server/limits.ts';
import { startRoomServer } from '../../main/server/room-server.ts';
import type { RoomServer, RoomServerOptions } from '../../main/server/room-server.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';
import { identityOf } from './identities.ts';

/** The id of every room that is opened here and not told to have another one. */
export const ROOM_ID = 'room-1';

/** The device that runs such a room. */
export const HOST = identityOf('the host');

/** Opens a room on a free port for the length of a test; with TLS, as rooms are. */
export async function openRoom(
  limits: Partial<ServerLimits> = {},
  options: Partial<RoomServerOptions> = {},
): Promise<RoomServer> {
  const server = await startRoomServer({
    room: { id: ROOM_ID, name: 'Lab 3', idleMinutes: null, remembersDays: null },
    identity: HOST,
    store: new MemoryHub(new MemoryEntries('epoch-1')),
    transport: 'tls',
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
