/** A room on the network: HTTP and WebSocket around one hub. */
import type { Duplex } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { WebSocket } from 'ws';
import { HubEngine } from '../hub/engine/hub-engine.ts';
import type { PeerListener } from '../hub/engine/peer.ts';
import type { ConnectionId } from '../hub/roster.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { summaryOf } from '../hub/door.ts';
import type { InvitationSummary } from '../hub/door.ts';
import type { EngineStore } from '../hub/engine/engine-store.ts';
import type { RoomIdentity } from '../hub/hub.ts';
import { firstConversationOf } from '../events/room-id.ts';
import { bodyOf } from '../events/kind.ts';
import { passphrase } from '../events/passphrase.ts';
import { sha256 } from '../identity/sha256.ts';
import { verifySignature } from '../identity/signatures.ts';
import type { RoomInfo } from '../model/room.ts';
import type { Connect } from '../replica/link.ts';
import { LanyardError, unexpectedError } from '../errors.ts';
import type { Caller } from './caller.ts';
import { CallerDoorkeeper } from './caller-doorkeeper.ts';
import { FrontDoor } from './front-door.ts';
import { SERVER_LIMITS, within } from './limits.ts';
import type { ServerLimits } from './limits.ts';
import { openFilesLimit } from './open-files.ts';
import { hostConnection, hostPeer } from './host-port.ts';
import { realClock } from './real-clock.ts';
import { WsPeer } from './ws-peer.ts';

/** Where a room without TLS listens when nobody says otherwise (I5). */
const LOOPBACK = '127.0.0.1';

/** How often the log is searched for what is too old. */
const FORGET_EVERY_MS = 10 * 60_000;

/** The host's own connection; those of others are numbered from here on. */
const HOST_CONNECTION: ConnectionId = 0;

/** How a room is reached: with TLS, or without where a proxy adds it (I5). */
export type Transport = 'tls' | 'plain';

export interface RoomServerOptions {
  readonly room: RoomIdentity;
  readonly identity: DeviceIdentity;
  readonly store: EngineStore;
  readonly transport: Transport;
  /** The address to listen at; null for the loopback alone when plain, otherwise for all (I5). */
  readonly listenAt?: string | null;
  /** Null for the usual port or the next free one (D4). */
  readonly port: number | null;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  readonly onMemberCount?: (count: number) => void;
  /** What the room tells of itself is another now. */
  readonly onRoom?: (room: RoomInfo) => void;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

export interface RoomServer {
  readonly port: number;
  readonly memberCount: number;
  readonly room: RoomInfo;
  /** The oldest first. */
  readonly invitations: readonly InvitationSummary[];
  /** Connects the host itself, without the network. */
  readonly connectHost: Connect;
  /** Tells everybody that the room is closed; resolves when nothing is left open. */
  stop(): Promise<void>;
}

/** One that runs in this thread. */
export interface LocalRoomServer extends RoomServer {
  /** The host itself is at the other end of this port. */
  attachHost(port: MessagePort): void;
}

/** Rejects with a LanyardError: port-in-use, port-not-allowed. */
export async function startRoomServer(options: RoomServerOptions): Promise<LocalRoomServer> {
  const limits = within(openFilesLimit(), { ...SERVER_LIMITS, ...options.limits });
  const { room, identity, store, transport } = options;
  const doorkeeper = new CallerDoorkeeper({
    room: room.id,
    hostKey: transport === 'tls' ? identity.id : '',
    passphrase: () => {
      const act = engine.passphrase;
      return act && bodyOf(passphrase, act);
    },
    onProblem: (error) =>
      options.onProblem(error instanceof LanyardError ? error : unexpectedError(error)),
  });
  /** What is none of the disk's is nothing to go on after. */
  const onDiskProblem = (error: unknown) => {
    if (!(error instanceof LanyardError)) throw error;
    options.onProblem(error);
  };
  const engine: HubEngine = new HubEngine({
    clock: realClock,
    room,
    firstConversation: firstConversationOf(room.id, sha256),
    hash: sha256,
    sign: (text) => identity.sign(text),
    verify: verifySignature,
    hostId: identity.id,
    store,
    doorkeeper,
    capacity: limits.connections,
    rate: limits.flood,
    onCount: (count) => options.onMemberCount?.(count),
    onRoom: (changed) => options.onRoom?.(changed),
    onProblem: onDiskProblem,
  });
  const peers = new Map<ConnectionId, WsPeer>();
  let nextConnection = HOST_CONNECTION + 1;
  const door = new FrontDoor({
    identity: transport === 'tls' ? identity : null,
    limits,
    trustedProxies: options.trustedProxies ?? [],
    onWebSocket: accept,
  });

  function accept(socket: WebSocket, stream: Duplex, caller: Caller): void {
    const connection = nextConnection;
    nextConnection += 1;
    const peer = new WsPeer(socket, stream, limits, realClock, listenerFor(connection));
    peers.set(connection, peer);
    doorkeeper.meet(connection, caller);
    engine.attach(connection, peer, false);
    if (caller.by === 'nonce') peer.send({ type: 'challenge', nonce: caller.nonce });
    const helloLimit = setTimeout(() => {
      if (engine.isWaiting(connection)) helloLimit.refresh();
      else if (!engine.isAdmitted(connection)) engine.drop(connection, 'hello-timeout');
    }, limits.helloMs);
    socket.once('close', () => clearTimeout(helloLimit));
  }

  function listenerFor(connection: ConnectionId): PeerListener {
    return {
      frame: (frame) => engine.receive(connection, frame),
      ping: () => engine.receivePing(connection),
      closed(wentAway) {
        peers.delete(connection);
        engine.detach(connection, wentAway ? 'left' : 'lost');
      },
    };
  }

  function attachHost(hostPort: MessagePort) {
    const peer = hostPeer(hostPort, listenerFor(HOST_CONNECTION));
    doorkeeper.meet(HOST_CONNECTION, { by: 'key', member: identity.id, address: '' });
    engine.attach(HOST_CONNECTION, peer, true);
  }

  const listenAt = options.listenAt ?? (transport === 'plain' ? LOOPBACK : null);
  const port = await door.listen(options.port, listenAt);
  const heartbeat = setInterval(() => {
    for (const peer of peers.values()) peer.beat();
    tick();
  }, limits.heartbeatMs);
  let soon: NodeJS.Timeout | undefined;

  /** With the heartbeat, so that a hub at rest wakes once. */
  function tick(): void {
    clearTimeout(soon);
    if (engine.tick()) soon = setTimeout(tick, limits.typingTickMs);
  }

  const forgetOld = () => {
    try {
      engine.forgetOld();
    } catch (error) {
      onDiskProblem(error);
    }
  };
  forgetOld();
  const forgetting = setInterval(forgetOld, FORGET_EVERY_MS);

  return {
    port,
    get memberCount() {
      return engine.memberCount;
    },
    get room() {
      return engine.room;
    },
    get invitations() {
      return engine.invitations.map(summaryOf);
    },
    attachHost,
    connectHost(listener) {
      const { port1, port2 } = new MessageChannel();
      attachHost(port2);
      return hostConnection(port1, listener);
    },
    async stop() {
      clearInterval(heartbeat);
      clearTimeout(soon);
      clearInterval(forgetting);
      engine.closeAll();
      await door.close();
    },
  };
}
