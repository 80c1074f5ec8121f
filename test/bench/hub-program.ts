/**
 * A room as a process: the product's hub in its thread, behind the product's server, on the product's disk. Only the
 * limits are raised, as one load generator is many people at one address.
 */
import { parseArgs } from 'node:util';
import type { LanyardError } from '../../main/errors.ts';
import { createIdentity } from '../../main/identity/device-identity.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { startHubThread } from '../../main/server/hub-thread.ts';
import { startRoomServer } from '../../main/server/room-server.ts';
import type { RoomServer } from '../../main/server/room-server.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { fillLog } from './fill-log.ts';
import { foundRoom } from './found-room.ts';

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    tls: { type: 'boolean', default: false },
    entries: { type: 'string', default: '0' },
  },
});
const dataDir = values['data-dir'];

const identity = await createIdentity();
const storage = dataDir === undefined ? createMemoryStorage() : openSqliteStorage(dataDir);
const kept = foundRoom(storage, { identity, name: 'Host', room: 'Bench' });
fillLog(kept, Number(values.entries));

const { id, founder, nonce } = kept.record;
const common = {
  room: { id, founder, nonce },
  transport: values.tls ? 'tls' : 'plain',
  listenAt: '127.0.0.1',
  port: null,
  trustedProxies: [],
  limits: {
    connectionsPerAddress: 6_000,
    halfOpen: 6_000,
    halfOpenPerSource: 6_000,
    // With everybody on one core a queue of thousands of handshakes is nobody's fault.
    helloMs: 60_000,
    flood: { burst: 1e9, perSecond: 1e9, pauseMs: 2_000, patience: 500 },
  },
} as const;
const onProblem = (problem: LanyardError) => {
  throw problem;
};
const { certificate, privateKey } = identity;
const server: RoomServer =
  dataDir === undefined
    ? await startRoomServer({ ...common, identity, store: kept.hub, onProblem })
    : await startHubThread(
        { ...common, certificate, privateKey, dataDir },
        { onChange: () => undefined, onProblem },
      );
// A room has its host in it, who hears everything; what a person's device does with that is not the hub's.
const host = server.connectHost({
  opened: () => host.send({ type: 'hello', version: PROTOCOL_VERSION, name: 'Host', resume: [] }),
  message: () => undefined,
  closed: () => undefined,
});
process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`);
