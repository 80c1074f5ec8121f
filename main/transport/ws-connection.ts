/** A connection to a hub over WebSocket. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { ConnectFailure, DisconnectReason } from '../model/error-codes.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { memberIdOfCertificate } from '../identity/member-key.ts';
import { closeNameOf } from '../protocol/close-codes.ts';
import { ALPN } from '../protocol/limits.ts';
import type { MemberId } from '../model/member.ts';
import { encodeClientMessage } from '../wire/encode.ts';
import type { ClientMessage } from '../wire/messages.ts';
import { parseHubMessage } from '../wire/parse.ts';
import type { Target } from './address.ts';
import type { Connection, ConnectionListener, JudgeHost } from '../replica/link.ts';
import { failedConnection } from './failed-connection.ts';
import { frameText } from './frame-text.ts';
import { helloProof } from './hello-proof.ts';
import { openSocket } from './open-socket.ts';

/** The hub pings every 5 s (B1); three missed pings and the connection is given up (B3). */
const QUIET_LIMIT_MS = 18_000;

/** How long a hub may take to answer a goodbye: a program that ends waits for it. */
const GOODBYE_TIMEOUT_MS = 1_000;

/**
 * Connects to one address, as the device of this identity, if the host there may be the room's.
 * What cannot be read is ignored: a newer hub may say more (F6). Never throws: what ws, TLS or the
 * system refuse at once is told like what they refuse later.
 */
export function connectWebSocket(
  target: Target,
  identity: DeviceIdentity,
  judgeHost: JudgeHost,
  listener: ConnectionListener,
): Connection {
  let socket: WebSocket;
  try {
    socket = openSocket(target, identity);
  } catch (error) {
    // ws says so of what is no URL.
    const isNoUrl = error instanceof SyntaxError;
    return failedConnection(listener, isNoUrl ? 'address-not-found' : 'unreachable');
  }
  /** Without TLS of its own the hub asks for a proof first; the hello waits for it (I4). */
  let nonce: string | null = null;
  let failure: DisconnectReason = 'connection-lost';
  let quiet: NodeJS.Timeout | undefined;
  let silenced = false;
  let isIn = false;

  const heard = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => socket.terminate(), QUIET_LIMIT_MS);
  };
  socket.on('upgrade', ({ socket: stream }) => {
    const isTls = target.transport === 'tls';
    const doubt =
      judgeHost(isTls ? keyOf(stream) : null) ??
      (isTls && !speaksOurs(stream) ? 'version-unsupported' : null);
    if (doubt === null) return;
    failure = doubt;
    socket.terminate();
  });
  socket.on('open', () => {
    heard();
    if (target.transport === 'tls') listener.opened();
  });
  socket.on('ping', heard);
  socket.on('message', (data, isBinary) => {
    heard();
    if (isBinary || silenced) return;
    const parsed = parseHubMessage(frameText(data));
    if (!parsed.ok) {
      // Later, what cannot be read is missed; without a welcome nothing would ever come of it.
      if (!isIn && parsed.code !== 'unknown-type') {
        failure = parsed.code;
        socket.terminate();
      }
      return;
    }
    isIn ||= parsed.message.type === 'welcome';
    if (parsed.message.type !== 'challenge') listener.message(parsed.message);
    else if (target.transport !== 'tls' && nonce === null) {
      nonce = parsed.message.nonce;
      listener.opened();
    }
  });
  socket.on('unexpected-response', (_request, response) => {
    failure = failureOfAnswer(response);
    // ws leaves ending it to the listener of this event; `close` follows.
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
      if (socket.readyState !== WebSocket.OPEN) return;
      const isToProve = message.type === 'hello' && nonce !== null;
      const proven = isToProve ? { ...message, ...helloProof(identity, nonce ?? '') } : message;
      socket.send(encodeClientMessage(proven));
    },
    close() {
      silenced = true;
      socket.close();
      const limit = setTimeout(() => socket.terminate(), GOODBYE_TIMEOUT_MS);
      socket.once('close', () => clearTimeout(limit));
    },
  };
}

/** Whose key the other end of a connection has proven to hold. */
function keyOf(stream: IncomingMessage['socket']): MemberId | null {
  if (!(stream instanceof TLSSocket)) return null;
  const certificate = stream.getPeerX509Certificate();
  return certificate ? memberIdOfCertificate(certificate.raw) : null;
}

/** A room of an earlier version takes a WebSocket without having said so in TLS (I2). */
function speaksOurs(stream: IncomingMessage['socket']): boolean {
  return stream instanceof TLSSocket && stream.alpnProtocol === ALPN;
}

/** What an HTTP answer instead of a connection means (F2). */
function failureOfAnswer({ headers }: IncomingMessage): DisconnectReason {
  switch (headers['lanyard-refusal']) {
    case 'too-many-connections':
      return 'too-many-connections';
    case 'request-timeout':
      return 'timed-out';
    case 'wrong-subprotocol':
      return 'version-unsupported';
    case 'no-certificate':
    case 'certificate-unusable':
      return 'certificate-refused';
    default:
      return 'not-a-room';
  }
}

/**
 * What OpenSSL and Node say of a certificate that is not to be trusted, as of one a room made itself. An
 * `ERR_SSL_` about certificates is not among them: it is what the other side says of ours.
 */
const UNTRUSTED =
  /^(CERT_|CRL_|DEPTH_ZERO_|ERROR_IN_|ERR_TLS_CERT_|HOSTNAME_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|SELF_SIGNED_|UNABLE_TO_)/;

function failureOfError(error: Error): ConnectFailure | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'address-not-found';
  if (UNTRUSTED.test(code)) return 'certificate-untrusted';
  if (code === 'ECONNREFUSED') return 'refused-connection';
  if (code === 'ETIMEDOUT' || /timed out/.test(error.message)) return 'timed-out';
  // A room that is crowded hangs up before TLS.
  if (code === 'ECONNRESET') return null;
  if (/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EINVAL)$/.test(code)) return 'unreachable';
  if (
    code === 'HPE_INVALID_CONSTANT' ||
    /protocol|HTTP|Sec-WebSocket|TLS|SSL/i.test(error.message)
  ) {
    return 'not-a-room';
  }
  return null;
}
