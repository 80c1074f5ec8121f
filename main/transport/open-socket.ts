/** The WebSocket to one address, before anything is said over it. */
import { connect as netConnect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { WebSocket } from 'ws';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { ALPN, SUBPROTOCOL, WELCOME_MAX_BYTES } from '../protocol/limits.ts';
import { urlOf } from './address.ts';
import type { Target } from './address.ts';

/** How long one address may take to answer. */
const HANDSHAKE_TIMEOUT_MS = 6_000;

/**
 * Begins to connect, as the device of this identity. Throws what ws, TLS or the system refuse at
 * once, a SyntaxError where the target is none that `parseAddress` gives.
 */
export function openSocket(target: Target, identity: DeviceIdentity): WebSocket {
  return new WebSocket(urlOf(target), SUBPROTOCOL, {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: WELCOME_MAX_BYTES,
    maxFragments: 1024,
    maxBufferedChunks: 16_384,
    perMessageDeflate: false,
    followRedirects: false,
    ...(target.transport === 'tls' ? tlsOptions(identity) : {}),
    ...connectorFor(target, identity),
  });
}

/** The hub's certificate is its own: what counts is its key, and the key is judged (I3). */
function tlsOptions({ certificate, privateKey }: DeviceIdentity): ConnectionOptions {
  return {
    cert: certificate,
    key: privateKey,
    minVersion: 'TLSv1.3',
    // What knows no ALPN of ours takes the other, and can say in HTTP what it is.
    ALPNProtocols: [ALPN, 'http/1.1'],
    rejectUnauthorized: false,
  };
}

/** A URL cannot carry the scope of a link-local address, a socket can. */
function connectorFor({ host, port, transport }: Target, identity: DeviceIdentity) {
  if (!host.includes('%')) return {};
  const place = { host, port, timeout: HANDSHAKE_TIMEOUT_MS };
  switch (transport) {
    case 'tls':
      return { createConnection: () => tlsConnect({ ...place, ...tlsOptions(identity) }) };
    case 'plain':
      return { createConnection: () => netConnect(place) };
    case 'web':
      return {};
  }
}
