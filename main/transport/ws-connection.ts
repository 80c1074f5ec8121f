/** A connection to a hub over WebSocket. */
import type { IncomingMessage } from 'node:http';
import { connect as netConnect } from 'node:net';
import { WebSocket } from 'ws';
import type { ConnectFailure, DisconnectReason } from '../client/disconnects.ts';
import { closeNameOf } from '../protocol/close-codes.ts';
import { SUBPROTOCOL, WELCOME_MAX_BYTES } from '../protocol/limits.ts';
import type { ClientMessage } from '../protocol/messages.ts';
import { parseHubMessage } from '../protocol/parse.ts';
import { formatHostPort } from './address.ts';
import type { Target } from './address.ts';
import type { Connection, ConnectionListener } from './connection.ts';
import { frameText } from './frame-text.ts';

/** How long one address may take to answer. */
const HANDSHAKE_TIMEOUT_MS = 6_000;

/** The hub pings every 5 s (B1); three missed pings and the connection is given up (B3). */
const QUIET_LIMIT_MS = 18_000;

/** How long a hub may take to answer a goodbye: a program that ends waits for it. */
const GOODBYE_TIMEOUT_MS = 1_000;

/** Connects to one address. What cannot be read is ignored: a newer hub may say more (F6). */
export function connectWebSocket(target: Target, listener: ConnectionListener): Connection {
  const socket = new WebSocket(urlOf(target), SUBPROTOCOL, {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: WELCOME_MAX_BYTES,
    maxFragments: 64,
    maxBufferedChunks: 16_384,
    perMessageDeflate: false,
    followRedirects: false,
    // A URL cannot carry the scope of a link-local address, a socket can.
    ...(target.host.includes('%') && !target.secure
      ? { createConnection: () => netConnect({ host: target.host, port: target.port }) }
      : {}),
  });
  let failure: DisconnectReason = 'connection-lost';
  let quiet: NodeJS.Timeout | undefined;
  let silenced = false;

  const heard = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => socket.terminate(), QUIET_LIMIT_MS);
  };
  socket.on('open', () => {
    heard();
    listener.opened();
  });
  socket.on('ping', heard);
  socket.on('message', (data, isBinary) => {
    heard();
    if (isBinary || silenced) return;
    const parsed = parseHubMessage(frameText(data));
    if (parsed.ok) listener.message(parsed.message);
  });
  socket.on('unexpected-response', (_request, response) => {
    failure = failureOfAnswer(response);
    // ws leaves ending it to whoever listens to this event; `close` follows.
    socket.terminate();
  });
  socket.on('error', (error) => {
    failure = failureOfError(error) ?? failure;
  });
  socket.on('close', (code) => {
    clearTimeout(quiet);
    if (!silenced) listener.closed(closeNameOf(code) ?? failure);
  });

  return {
    send(message: ClientMessage) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      silenced = true;
      socket.close();
      const limit = setTimeout(() => socket.terminate(), GOODBYE_TIMEOUT_MS);
      socket.once('close', () => clearTimeout(limit));
    },
  };
}

function urlOf({ host, port, secure, path }: Target): string {
  const [bare = host] = host.split('%');
  return `${secure ? 'wss' : 'ws'}://${formatHostPort(bare, port)}${path}`;
}

/** What an HTTP answer instead of a connection means (F2). */
function failureOfAnswer({ headers }: IncomingMessage): DisconnectReason {
  switch (headers['lanyard-refusal']) {
    case 'too-many-connections':
      return 'too-many-connections';
    case 'wrong-subprotocol':
      return 'version-unsupported';
    default:
      return 'not-a-room';
  }
}

function failureOfError(error: Error): ConnectFailure | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'address-not-found';
  if (code === 'ECONNREFUSED') return 'refused-connection';
  if (code === 'ETIMEDOUT' || /timed out/.test(error.message)) return 'timed-out';
  if (/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EINVAL)$/.test(code)) return 'unreachable';
  if (
    code === 'HPE_INVALID_CONSTANT' ||
    /protocol|HTTP|Sec-WebSocket|TLS|SSL/i.test(error.message)
  ) {
    return 'not-a-room';
  }
  return null;
}
