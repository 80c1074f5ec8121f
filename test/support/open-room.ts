import { onTestFinished } from 'vitest';
import type { ServerLimits } from '../../main/server/limits.ts';
import { startRoomServer } from '../../main/server/room-server.ts';
import type { RoomServer, RoomServerOptions } from '../../main/server/room-server.ts';
import { Founding } from '../../main/hub/engine/founding.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { foundingActs } from '../../main/rooms/found-room.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import { identityOf } from './identities.ts';

/** The device that runs every room here that is not told to have another host. */
export const HOST = identityOf('the host');

const NONCE = 'a-nonce';

/** What makes the room of a test. */
export const ROOM = { id: roomIdOf(HOST.id, NONCE, sha256), founder: HOST.id, nonce: NONCE };

export const ROOM_ID = ROOM.id;

/** Where everybody in it talks. */
export const TALK = firstConversationOf(ROOM_ID, sha256);

/** A store with nothing in it. */
export function emptyStore(): MemoryHub {
  const logs = new Map<string, MemoryLog>();
  return new MemoryHub((conversation) => {
    const log = logs.get(conversation) ?? new MemoryLog(sha256);
    logs.set(conversation, log);
    return log;
  });
}

/** Writes what the founder did into a store with nothing in it; gives that store. */
export function foundedStore(
  ...deeds: readonly (readonly [kind: string, content: object])[]
): MemoryHub {
  const store = emptyStore();
  const sign = (text: string) => HOST.sign(text);
  const room = { room: ROOM, firstConversation: TALK, hostId: HOST.id, hash: sha256, sign };
  const acts = deeds.map(([kind, content]) => ({ kind, content }));
  const founder = { identity: HOST, name: 'Host' };
  new Founding({ ...room, store }).enter(foundingActs(ROOM_ID, founder, acts));
  return store;
}

/** Opens a room on a free port for the length of a test; with TLS, as rooms are. */
export async function openRoom(
  limits: Partial<ServerLimits> = {},
  options: Partial<RoomServerOptions> = {},
): Promise<RoomServer> {
  const server = await startRoomServer({
    room: ROOM,
    identity: HOST,
    store: foundedStore(['act/settings', { name: 'Lab 3' }]),
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
