/** From TCP to a WebSocket: a connection is asked for TLS and a proper request, and answered in HTTP. */
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { createHttpServer, createHttpsServer } from '../node-http.ts';
import { FRAME_MAX_BYTES, SUBPROTOCOL } from '../protocol/limits.ts';
import { Arrivals } from './arrivals.ts';
import { callerOf } from './caller.ts';
import type { Caller } from './caller.ts';
import { destinationOf } from './client-hello.ts';
import { clientAddress, plainAddress } from './client-address.ts';
import { bodyOf, headersOf, HTTP_REFUSALS, refuse, whyNoWebSocket } from './http-refusals.ts';
import type { HttpRefusal } from './http-refusals.ts';
import type { ServerLimits } from './limits.ts';
import { listen } from './listen.ts';
import { tlsOptions } from './tls-options.ts';

/** Otherwise Node would answer itself, without our header (F2). */
const HTTP_OPTIONS = { requireHostHeader: false };

export interface FrontDoorOptions {
  /** Whose certificate TLS shows; null for a door without TLS. */
  readonly identity: DeviceIdentity | null;
  readonly limits: ServerLimits;
  /** Addresses of proxies whose `X-Forwarded-For` is believed (O8). */
  readonly trustedProxies: readonly string[];
  /** A caller has a WebSocket now; `stream` is what `socket` writes to. */
  readonly onWebSocket: (socket: WebSocket, stream: Duplex, caller: Caller) => void;
}

export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #arrivals: Arrivals;
  readonly #tcp;
  readonly #http: HttpServer;
  readonly #https: Readonly<Record<'members' | 'others', HttpServer>> | null;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Pings are counted before they are answered (B6).
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: FRAME_MAX_BYTES,
    maxFragments: 64,
    maxBufferedChunks: 1024,
    handleProtocols: () => SUBPROTOCOL,
  });

  constructor(options: FrontDoorOptions) {
    const { identity, limits } = options;
    this.#options = options;
    this.#arrivals = new Arrivals(limits);
    // They listen to nothing themselves: they are given what has come.
    this.#http = this.#answering(createHttpServer(HTTP_OPTIONS));
    this.#https = identity && {
      members: this.#secure(tlsOptions(identity, 'members')),
      others: this.#secure(tlsOptions(identity, 'others')),
    };
    // All else it would refuse is asked before: the list of subprotocols is not well formed.
    this.#webSockets.on('wsClientError', (_error, stream) => {
      refuse(stream, HTTP_REFUSALS.wrongSubprotocol);
    });
    const tcpOptions = { noDelay: true, allowHalfOpen: identity === null };
    this.#tcp = createServer(tcpOptions, (tcp) => this.#arrive(tcp));
    // No more are counted; the others come through a proxy, or are on their way out.
    this.#tcp.maxConnections = limits.connections + 2 * limits.halfOpen;
  }

  /** Resolves to the port; rejects as `listen` does. */
  async listen(port: number | null, host: string | null): Promise<number> {
    const listening = await listen(this.#tcp, port, host);
    // A connection that could not be taken in, as when memory is short, comes again.
    this.#tcp.on('error', () => undefined);
    return listening;
  }

  /** Nobody comes in any more. Resolves when nothing is left open, after `closeMs` at the latest. */
  async close(): Promise<void> {
    const limit = setTimeout(() => this.#arrivals.drop(true), this.#options.limits.closeMs);
    await new Promise<void>((resolve) => {
      this.#tcp.close(() => resolve());
      this.#arrivals.drop(false);
    });
    clearTimeout(limit);
  }

  #arrive(tcp: Socket): void {
    // A reset: `close` follows.
    tcp.on('error', () => undefined);
    const address = plainAddress(tcp.remoteAddress ?? '');
    const isProxy = this.#options.trustedProxies.includes(address);
    if (!isProxy && this.#arrivals.isFull(address)) {
      if (this.#https) tcp.destroy();
      else refuse(tcp, HTTP_REFUSALS.tooManyFromHere, 0);
      return;
    }
    this.#arrivals.add(tcp, isProxy ? null : address);
    if (this.#https) this.#hearHello(tcp);
    else this.#hearHttp(tcp);
  }

  /** TLS costs many times what TCP does, so there is none for those who do not say hello. */
  #hearHello(tcp: Socket): void {
    let heard = Buffer.alloc(0);
    let enough = 1;
    const hear = () => {
      const more: unknown = tcp.read();
      // It was closed before it told.
      if (!Buffer.isBuffer(more)) return;
      heard = Buffer.concat([heard, more]);
      if (heard.length < enough) return;
      const destination = destinationOf(heard);
      if (typeof destination === 'number') {
        enough = heard.length + destination;
        return;
      }
      tcp.off('readable', hear);
      tcp.unshift(heard);
      if (destination === 'no TLS') this.#hearHttp(tcp);
      else this.#https?.[destination].emit('connection', tcp);
    };
    tcp.on('readable', hear);
  }

  #hearHttp(tcp: Socket): void {
    this.#becomeAnswerable(tcp);
    this.#http.emit('connection', tcp);
  }

  #becomeAnswerable(stream: Socket): void {
    // Whatever becomes of it, without a listener a reset would end the process.
    stream.on('error', () => stream.destroy());
    const arrival = this.#arrivals.on(stream);
    if (arrival) arrival.answerable = stream;
  }

  #secure(options: ReturnType<typeof tlsOptions>): HttpServer {
    const server = this.#answering(createHttpsServer({ ...HTTP_OPTIONS, ...options }));
    server.on('secureConnection', (stream: TLSSocket) => this.#becomeAnswerable(stream));
    return server;
  }

  #answering(server: HttpServer): HttpServer {
    const request = (asked: IncomingMessage, response: ServerResponse) => {
      this.#answerRequest(asked, response);
    };
    server.on('request', request);
    server.on('checkContinue', request);
    server.on('checkExpectation', request);
    server.on('connect', ({ socket }) => this.#refuse(socket, HTTP_REFUSALS.notAWebSocket));
    server.on('upgrade', (asked, stream, head) => this.#upgrade(asked, stream, head));
    server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
      const isUnreadable = stream instanceof Socket && error.code?.startsWith('HPE_');
      if (isUnreadable) this.#refuse(stream, refusalOf(error.code));
      // TLS failed, or the connection did.
      else stream.destroy();
    });
    return server;
  }

  /** What is no upgrade (O1). */
  #answerRequest({ socket }: IncomingMessage, response: ServerResponse): void {
    const arrival = this.#arrivals.on(socket);
    if (arrival) arrival.answerable = null;
    const refusal = HTTP_REFUSALS.notAWebSocket;
    response.writeHead(refusal.status, headersOf(refusal));
    response.end(bodyOf(refusal));
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const arrival = this.#arrivals.on(request.socket);
    // It has gone, or goes once an earlier request of it is answered.
    if (!arrival?.answerable) return;
    const address = clientAddress(request, this.#options.trustedProxies);
    const caller = this.#judge(request, address);
    if ('status' in caller) {
      this.#arrivals.turnAway(arrival, caller);
      return;
    }
    if (!this.#arrivals.letIn(arrival, address)) return;
    // What the hub says first leaves with the answer to the request.
    stream.cork();
    this.#webSockets.handleUpgrade(request, stream, head, (socket) => {
      socket.once('message', () => this.#arrivals.settle(arrival));
      this.#options.onWebSocket(socket, stream, caller);
    });
    stream.uncork();
  }

  /** Who asks for an upgrade, or why they get none, however many are here. */
  #judge(request: IncomingMessage, address: string): Caller | HttpRefusal {
    if (this.#https && !(request.socket instanceof TLSSocket)) return HTTP_REFUSALS.notEncrypted;
    return whyNoWebSocket(request) ?? callerOf(request, address);
  }

  #refuse(stream: Socket, refusal: HttpRefusal): void {
    const arrival = this.#arrivals.on(stream);
    // Once answered, what still comes is not.
    if (arrival?.answerable) this.#arrivals.turnAway(arrival, refusal);
  }
}

function refusalOf(parserError: string | undefined): HttpRefusal {
  const isTooLong = parserError === 'HPE_HEADER_OVERFLOW';
  return isTooLong ? HTTP_REFUSALS.headersTooLarge : HTTP_REFUSALS.unreadable;
}
