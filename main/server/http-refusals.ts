/** What does not become a connection, and what it is told in HTTP (F2). */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { ALPN, SUBPROTOCOL } from '../protocol/limits.ts';

/** An HTTP answer instead of a connection. */
export interface HttpRefusal {
  readonly status: keyof typeof REASONS;
  /** Stable, for programs. */
  readonly code: string;
  /** For a person. */
  readonly sentence: string;
  /** What else the answer says. */
  readonly headers?: Readonly<Record<string, string>>;
}

const REASONS = {
  400: 'Bad Request',
  403: 'Forbidden',
  408: 'Request Timeout',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
} as const;

export const HTTP_REFUSALS = {
  /** Also the answer to a plain request (O1). */
  notAWebSocket: {
    status: 400,
    code: 'not-a-websocket',
    sentence: 'This is a Lanyard chat room, not a web page. Open it with the Lanyard app.',
  },
  wrongVersion: {
    status: 426,
    code: 'wrong-websocket-version',
    sentence: 'This room speaks version 13 of WebSocket. Open it with the Lanyard app.',
    headers: {
      Connection: 'Upgrade, close',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
    },
  },
  wrongSubprotocol: {
    status: 400,
    code: 'wrong-subprotocol',
    sentence: `This room speaks ${SUBPROTOCOL}. Update Lanyard on both sides.`,
  },
  crossSite: {
    status: 403,
    code: 'cross-site',
    sentence: 'Web pages may not talk to a Lanyard room. Open it with the Lanyard app.',
  },
  notEncrypted: {
    status: 400,
    code: 'not-encrypted',
    sentence: 'This room takes encrypted connections only. Open it with the Lanyard app.',
  },
  noCertificate: {
    status: 403,
    code: 'no-certificate',
    sentence: 'This room knows its members by their keys. Open it with the Lanyard app.',
  },
  /** With the one code for which 0.1.0 says in its window that both sides need an update. */
  anotherVersion: {
    status: 403,
    code: 'no-certificate',
    sentence:
      'This room and what connects to it speak different versions of the Lanyard protocol. Update Lanyard on both sides.',
  },
  certificateUnusable: {
    status: 403,
    code: 'certificate-unusable',
    sentence: 'This room cannot use that certificate. Update Lanyard on both sides.',
  },
  tooManyFromHere: {
    status: 429,
    code: 'too-many-connections',
    sentence: 'This room takes no more connections from here. Try again in a while.',
  },
  tooMany: {
    status: 503,
    code: 'too-many-connections',
    sentence: 'This room takes no more connections. Try again in a while.',
  },
  headersTooLarge: {
    status: 431,
    code: 'headers-too-large',
    sentence: 'The request is too long for this room. Open it with the Lanyard app.',
  },
  unreadable: {
    status: 400,
    code: 'bad-request',
    sentence: 'This room cannot read that request. Open it with the Lanyard app.',
  },
  timedOut: {
    status: 408,
    code: 'request-timeout',
    sentence: 'The request did not come in time. Try again.',
  },
} as const satisfies Record<string, HttpRefusal>;

/** A nonce of 16 bytes in base64, as RFC 6455 has it. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** Why a request that asks for an upgrade gets none, from whatever source; null when nothing is wrong. */
export function whyNoWebSocket({ method, headers, socket }: IncomingMessage): HttpRefusal | null {
  const isWebSocket = headers.upgrade?.toLowerCase() === 'websocket';
  if (method !== 'GET' || !isWebSocket) return HTTP_REFUSALS.notAWebSocket;
  if (headers['sec-websocket-version'] !== '13') return HTTP_REFUSALS.wrongVersion;
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) return HTTP_REFUSALS.notAWebSocket;
  if (headers.origin !== undefined) return HTTP_REFUSALS.crossSite;
  if (socket instanceof TLSSocket && socket.alpnProtocol !== ALPN) {
    return HTTP_REFUSALS.anotherVersion;
  }
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',');
  const isOurs = offered.some((name) => name.trim() === SUBPROTOCOL);
  return isOurs ? null : HTTP_REFUSALS.wrongSubprotocol;
}

/** What its answer says besides its sentence. */
export function headersOf(refusal: HttpRefusal): Readonly<Record<string, string>> {
  return {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(bodyOf(refusal))),
    'Lanyard-Refusal': refusal.code,
    ...refusal.headers,
  };
}

/** What a person reads. */
export function bodyOf({ sentence }: HttpRefusal): string {
  return `${sentence}\n`;
}

/** So long, in ms, what still comes is read after an answer: to close over it would reset the connection. */
const LINGER_MS = 500;

/** Answers on a connection that is left to nobody else; it ends when the other side does, or after `lingerMs`. */
export function refuse(stream: Duplex, refusal: HttpRefusal, lingerMs = LINGER_MS): void {
  const { status } = refusal;
  const headers = Object.entries(headersOf(refusal)).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${REASONS[status]}`, ...headers, '', ''].join('\r\n');
  stream.end(head + bodyOf(refusal));
  stream.resume();
  const limit = setTimeout(() => stream.destroy(), lingerMs);
  stream.once('end', () => stream.destroy());
  stream.once('close', () => clearTimeout(limit));
}
