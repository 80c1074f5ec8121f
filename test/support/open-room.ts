import { onTestFinished } from 'vitest';
import type { ServerLimits } from '../../main/server/limits.ts';
import { startRoomServer } from '../../main/server/room-server.ts';
import type { RoomServer, RoomServerOptions } from '../../main/server/room-server.ts';
import type { Founding } from '../../main/hub/engine/hub-engine.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { postedOf } from '../../main/replica/outbox.ts';
import { signerOf } from '../../main/rooms/signer.ts';
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

/** Acts that the founder made, each having seen those before it. */
export function founded(
  ...acts: readonly (readonly [kind: string, content: object])[]
): readonly Founding[] {
  let after: string | null = null;
  return acts.map(([kind, content]) => {
    const references = after === null ? [] : [{ as: 'after', id: after }];
    const place = { room: ROOM_ID, conversation: ROOM_ID };
    const wish = { ...place, kind, content, references, written: Date.now() };
    const { id, event } = makeEvent(wish, signerOf(HOST), sha256);
    after = id;
    return { name: 'Host', id, event: postedOf(event) };
  });
}

/** Opens a room on a free port for the length of a test; with TLS, as rooms are. */
export async function openRoom(
  limits: Partial<ServerLimits> = {},
  options: Partial<RoomServerOptions> = {},
): Promise<RoomServer> {
  const server = await startRoomServer({
    room: ROOM,
    founding: founded(['act/settings', { name: 'Lab 3' }]),
    identity: HOST,
    store: emptyStore(),
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
