/** A server that is reached like a room and does with its members what a test likes. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { ALPN } from '../../main/protocol/limits.ts';
import { HOST } from './open-room.ts';

/** Runs one for the length of a test, with this device's key, or without TLS; resolves to its port. */
export async function strangeHub(
  behave: (socket: WebSocket, request: IncomingMessage) => void,
  identity: DeviceIdentity | null = HOST,
  port = 0,
  alpn = ALPN,
): Promise<number> {
  const http =
    identity === null
      ? createHttpServer()
      : createHttpsServer({
          cert: identity.certificate,
          key: identity.privateKey,
          ALPNProtocols: [alpn],
          requestCert: true,
          rejectUnauthorized: false,
        });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', behave);
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
