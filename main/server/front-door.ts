/** From TCP to a WebSocket: who comes is counted and timed, and asked for TLS and a proper request. */
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { createHttpServer, createHttpsServer } from '../node-http.ts';
import { FRAME_MAX_BYTES, SUBPROTOCOL } from '../protocol/limits.ts';
import { Admission } from './admission.ts';
import { callerOf } from './caller.ts';
import type { Caller } from './caller.ts';
import { clientAddress, plainAddress, sourceOf } from './client-address.ts';
import { HalfOpen } from './half-open.ts';
import { bodyOf, headersOf, HTTP_REFUSALS, refuse, whyNoWebSocket } from './http-refusals.ts';
import type { HttpRefusal } from './http-refusals.ts';
import type { ServerLimits } from './limits.ts';
import { listen } from './listen.ts';
import { tlsOptions } from './tls-options.ts';

/** The first byte of a connection that begins with TLS. */
const TLS_HANDSHAKE = 0x16;

/** Otherwise Node would answer itself, without our header (F2). */
const HTTP_OPTIONS = { requireHostHeader: false };

/** For so long, in ms, what still comes is read after an answer, so that no reset overtakes it. */
const LINGER_MS = 500;

export interface FrontDoorOptions {
  /** Whose certificate TLS shows; null for a door without TLS. */
  readonly identity: DeviceIdentity | null;
  readonly limits: ServerLimits;
  /** Addresses of proxies whose `X-Forwarded-For` is believed (O8). */
  readonly trustedProxies: readonly string[];
  /** Somebody has come in; `stream` is what `socket` writes to. */
  readonly onWebSocket: (socket: WebSocket, stream: Duplex, caller: Caller) => void;
}

/** A TCP connection, for as long as it lasts. */
interface Arrival {
  readonly tcp: Socket;
  /** By then it has to be a WebSocket. */
  readonly deadline: NodeJS.Timeout;
  /** What an answer in HTTP is written to: null before TLS, and once it was answered. */
  answerable: Duplex | null;
  isIn: boolean;
}

export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #tcp;
  readonly #http: HttpServer;
  readonly #https: HttpServer | null;
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
  /** By both ends of their connection. */
  readonly #arrivals = new Map<string, Arrival>();
  /** Those that have yet to become a WebSocket. */
  readonly #halfOpen: HalfOpen<Arrival>;
  /** WebSockets that have yet to say something; how many come from one address is Admission's. */
  readonly #silent: HalfOpen<Arrival>;
  readonly #admission: Admission;

  constructor(options: FrontDoorOptions) {
    const { identity, limits } = options;
    this.#options = options;
    this.#halfOpen = new HalfOpen(limits.halfOpen, limits.halfOpenPerSource);
    this.#silent = new HalfOpen(limits.halfOpen, limits.halfOpen);
    this.#admission = new Admission(limits);
    // They listen to nothing themselves: they are given what has come.
    this.#http = this.#answering(createHttpServer(HTTP_OPTIONS));
    const httpsOptions = identity && { ...HTTP_OPTIONS, ...tlsOptions(identity) };
    this.#https = httpsOptions && this.#answering(createHttpsServer(httpsOptions));
    this.#https?.on('secureConnection', (stream: TLSSocket) => this.#becomeAnswerable(stream));
    // Whatever is well formed is asked before; a list of subprotocols may not be.
    this.#webSockets.on('wsClientError', (_error, stream) => {
      refuse(stream, HTTP_REFUSALS.wrongSubprotocol, LINGER_MS);
    });
    const tcpOptions = { noDelay: true, allowHalfOpen: identity === null };
    this.#tcp = createServer(tcpOptions, (tcp) => this.#arrive(tcp));
    // No more are counted below; the others come through a proxy, or are on their way out.
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
    const dropAll = () => {
      for (const { tcp } of this.#arrivals.values()) tcp.destroy();
    };
    const limit = setTimeout(dropAll, this.#options.limits.closeMs);
    await new Promise<void>((resolve) => {
      this.#tcp.close(() => resolve());
      // The others are saying goodbye.
      for (const { tcp, isIn } of this.#arrivals.values()) if (!isIn) tcp.destroy();
    });
    clearTimeout(limit);
  }

  #arrive(tcp: Socket): void {
    // A reset: `close` follows.
    tcp.on('error', () => undefined);
    const { limits, trustedProxies } = this.#options;
    const address = plainAddress(tcp.remoteAddress ?? '');
    // A proxy brings many people, who are counted once it says who they are.
    const isProxy = trustedProxies.includes(address);
    if (!isProxy && this.#halfOpen.isFull(sourceOf(address))) {
      if (this.#https) tcp.destroy();
      else refuse(tcp, HTTP_REFUSALS.tooManyFromHere, 0);
      return;
    }
    const ends = endsOf(tcp);
    const timedOut = () => this.#turnAway(arrival, HTTP_REFUSALS.timedOut, LINGER_MS);
    const deadline = setTimeout(timedOut, limits.helloMs);
    const arrival: Arrival = { tcp, deadline, answerable: null, isIn: false };
    this.#arrivals.set(ends, arrival);
    tcp.once('close', () => {
      clearTimeout(deadline);
      this.#arrivals.delete(ends);
      this.#halfOpen.remove(arrival);
      this.#silent.remove(arrival);
    });
    if (!isProxy) this.#count(arrival, address, this.#halfOpen);
    if (this.#https) tcp.once('readable', () => this.#hearFirstByte(tcp));
    else this.#hearHttp(tcp);
  }

  #count(arrival: Arrival, address: string, among: HalfOpen<Arrival>): void {
    const oldest = among.add(arrival, sourceOf(address));
    if (oldest) this.#turnAway(oldest, HTTP_REFUSALS.tooManyFromHere, 0);
  }

  /** TLS costs many times what TCP does, so there is none for those who say nothing. */
  #hearFirstByte(tcp: Socket): void {
    const first: unknown = tcp.read(1);
    // It was closed without a word.
    if (!Buffer.isBuffer(first)) return;
    tcp.unshift(first);
    if (first[0] === TLS_HANDSHAKE) this.#https?.emit('connection', tcp);
    else this.#hearHttp(tcp);
  }

  #hearHttp(tcp: Socket): void {
    this.#becomeAnswerable(tcp);
    this.#http.emit('connection', tcp);
  }

  #becomeAnswerable(stream: Socket): void {
    // Whatever becomes of it, without a listener a reset would end the process.
    stream.on('error', () => stream.destroy());
    const arrival = this.#arrivals.get(endsOf(stream));
    if (arrival) arrival.answerable = stream;
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
      const isRead = stream instanceof Socket && error.code?.startsWith('HPE_');
      if (isRead) this.#refuse(stream, refusalOf(error.code));
      // TLS failed, or the connection did.
      else stream.destroy();
    });
    return server;
  }

  /** What is no upgrade (O1). */
  #answerRequest({ socket }: IncomingMessage, response: ServerResponse): void {
    const arrival = this.#arrivals.get(endsOf(socket));
    if (arrival) arrival.answerable = null;
    const refusal = HTTP_REFUSALS.notAWebSocket;
    response.writeHead(refusal.status, headersOf(refusal));
    response.end(bodyOf(refusal));
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const arrival = this.#arrivals.get(endsOf(request.socket));
    // It has gone, or goes once an earlier request of it is answered.
    if (!arrival?.answerable) return;
    const address = clientAddress(request, this.#options.trustedProxies);
    const caller = this.#judge(request, address);
    if ('status' in caller) {
      this.#turnAway(arrival, caller, LINGER_MS);
      return;
    }
    clearTimeout(arrival.deadline);
    arrival.answerable = null;
    arrival.isIn = true;
    this.#halfOpen.remove(arrival);
    this.#count(arrival, address, this.#silent);
    let hasSettled = false;
    const settle = () => {
      // What came before the end may be heard after it.
      if (stream.closed) return;
      hasSettled = true;
      this.#silent.remove(arrival);
      this.#admission.settle();
    };
    stream.once('close', () => this.#admission.release(address, hasSettled));
    // What the hub says first leaves with the answer to the request.
    stream.cork();
    this.#webSockets.handleUpgrade(request, stream, head, (socket) => {
      socket.once('message', settle);
      this.#options.onWebSocket(socket, stream, caller);
    });
    stream.uncork();
  }

  /** Who asks for an upgrade, counted in; or why they get none. */
  #judge(request: IncomingMessage, address: string): Caller | HttpRefusal {
    if (this.#https && !(request.socket instanceof TLSSocket)) return HTTP_REFUSALS.notEncrypted;
    const refusal = whyNoWebSocket(request);
    if (refusal) return refusal;
    const caller = callerOf(request, address);
    return 'status' in caller ? caller : (this.#admission.refuse(address) ?? caller);
  }

  #refuse(stream: Socket, refusal: HttpRefusal): void {
    const arrival = this.#arrivals.get(endsOf(stream));
    // Once answered, what still comes is not.
    if (arrival?.answerable) this.#turnAway(arrival, refusal, LINGER_MS);
  }

  /** Ends it, in words where they can be heard. */
  #turnAway(arrival: Arrival, refusal: HttpRefusal, lingerMs: number): void {
    const { tcp, answerable } = arrival;
    arrival.answerable = null;
    if (answerable) refuse(answerable, refusal, lingerMs);
    else tcp.destroy();
  }
}

/** Which connection it is, of TCP or of TLS over it: no two have both ends in common. */
function endsOf({ localAddress, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${remoteAddress} ${remotePort}`;
}

function refusalOf(parserError: string | undefined): HttpRefusal {
  const isTooLong = parserError === 'HPE_HEADER_OVERFLOW';
  return isTooLong ? HTTP_REFUSALS.headersTooLarge : HTTP_REFUSALS.unreadable;
}
