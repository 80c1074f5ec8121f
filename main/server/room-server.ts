/** A room on the network: HTTP and WebSocket around one hub. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { HOST_CONNECTION } from '../hub/hub.ts';
import type { ConnectionId } from '../hub/roster.ts';
import { FRAME_MAX_BYTES, SUBPROTOCOL } from '../protocol/limits.ts';
import type { RoomInfo } from '../protocol/messages.ts';
import type { Connect } from '../transport/connection.ts';
import type { LanyardError } from '../errors.ts';
import type { EntryStore } from '../storage/entry-store.ts';
import { Admission, NOT_A_WEBSOCKET, refusalResponse } from './admission.ts';
import { clientAddress } from './client-address.ts';
import { HubRunner } from './hub-runner.ts';
import { SERVER_LIMITS } from './limits.ts';
import type { ServerLimits } from './limits.ts';
import { listen } from './listen.ts';
import { localConnection } from './local-peer.ts';
import type { PeerListener } from './peer.ts';
import { WsPeer } from './ws-peer.ts';

/** How often the log is searched for what is too old. */
const FORGET_EVERY_MS = 10 * 60_000;

export interface RoomServerOptions {
  readonly room: RoomInfo;
  readonly log: EntryStore;
  /** Null for the usual port or the next free one (D4). */
  readonly port: number | null;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  readonly onMemberCount?: (count: number) => void;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

export interface RoomServer {
  readonly port: number;
  readonly memberCount: number;
  /** Connects the host itself, without the network. */
  readonly connectHost: Connect;
  setIdleMinutes(minutes: number | null): void;
  /** After how many days entries are forgotten (L5). Throws storage-*. */
  setRemembers(days: number | null): void;
  /** Forgets everything that was said (L6). Throws storage-*. */
  clearHistory(): void;
  /** Tells everybody that the room is closed; resolves when nothing is left open. */
  stop(): Promise<void>;
}

/** Rejects with a LanyardError: port-in-use, port-not-allowed. */
export async function startRoomServer(options: RoomServerOptions): Promise<RoomServer> {
  const limits = { ...SERVER_LIMITS, ...options.limits };
  const trustedProxies = options.trustedProxies ?? [];
  const { room, log } = options;
  const runner = new HubRunner({
    room,
    log,
    capacity: limits.connections,
    flood: limits.flood,
    onCount: (count) => options.onMemberCount?.(count),
    onProblem: options.onProblem,
  });
  const admission = new Admission(limits);
  const peers = new Map<ConnectionId, WsPeer>();
  let nextConnection = HOST_CONNECTION + 1;

  const http = createServer({
    headersTimeout: limits.helloMs,
    requestTimeout: limits.helloMs,
    connectionsCheckingInterval: limits.tickMs,
  });
  http.maxConnections = limits.connections + 100;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: FRAME_MAX_BYTES,
    maxFragments: 64,
    maxBufferedChunks: 1024,
    handleProtocols: () => SUBPROTOCOL,
  });

  http.on('request', (_request, response) => {
    const { status, code, sentence } = NOT_A_WEBSOCKET;
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      Connection: 'close',
      'Lanyard-Refusal': code,
    });
    response.end(`${sentence}\n`);
  });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const address = clientAddress(request, trustedProxies);
    const refused = admission.refuse(request, address);
    // Without a listener a reset before the upgrade is through would end the process.
    stream.on('error', () => stream.destroy());
    if (refused) {
      // Not left to the other side to close: nobody counts it.
      stream.end(refusalResponse(refused), () => stream.destroy());
      return;
    }
    stream.once('close', () => admission.release(address));
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, stream));
  });

  function accept(socket: WebSocket, stream: Duplex) {
    const connection = nextConnection;
    nextConnection += 1;
    const peer = new WsPeer(socket, stream, limits, monotonic, listenerFor(connection));
    peers.set(connection, peer);
    runner.attach(connection, peer);
    const helloLimit = setTimeout(() => {
      if (!runner.isAdmitted(connection)) runner.drop(connection, 'hello-timeout');
    }, limits.helloMs);
    socket.once('close', () => clearTimeout(helloLimit));
  }

  function listenerFor(connection: ConnectionId): PeerListener {
    return {
      frame: (frame) => runner.receive(connection, frame),
      closed(wentAway) {
        peers.delete(connection);
        runner.detach(connection, wentAway);
      },
    };
  }

  const port = await listen(http, options.port);
  const heartbeat = setInterval(() => {
    for (const peer of peers.values()) peer.beat(monotonic());
  }, limits.heartbeatMs);
  const clock = setInterval(() => runner.input({ type: 'tick', now: Date.now() }), limits.tickMs);

  runner.forgetOld();
  const forgetting = setInterval(() => runner.forgetOld(), FORGET_EVERY_MS);

  return {
    port,
    get memberCount() {
      return runner.memberCount;
    },
    connectHost(listener) {
      const { peer, connection } = localConnection(listener, listenerFor(HOST_CONNECTION));
      runner.attach(HOST_CONNECTION, peer);
      return connection;
    },
    setIdleMinutes(minutes) {
      runner.input({ type: 'set-idle', minutes });
    },
    setRemembers: (days) => runner.setRemembers(days),
    clearHistory: () => runner.clear(),
    async stop() {
      clearInterval(heartbeat);
      clearInterval(clock);
      clearInterval(forgetting);
      runner.closeAll();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        // Those that never became a WebSocket; the others are saying goodbye.
        http.closeAllConnections();
      });
    },
  };
}

/** ms of a clock that never goes back. */
function monotonic(): number {
  return performance.now();
}
