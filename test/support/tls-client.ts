/** A TLS connection to a room that says exactly what a test wants, as whom a test wants. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { ALPN } from '../../main/protocol/limits.ts';
import { freshIdentity } from './identities.ts';
import { memberTls } from './member-tls.ts';

/** Who connects: a device, or nobody with a certificate at all. */
export type Who = Pick<DeviceIdentity, 'certificate' | 'privateKey'> | null;

/** Connects as members do, and says `opening`; rejects when the room does not want to speak TLS like this. */
export async function tlsConnect(
  port: number,
  opening: string | Buffer = '',
  who: Who = freshIdentity(),
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  const own = who === null ? { ALPNProtocols: [ALPN], rejectUnauthorized: false } : memberTls(who);
  const socket = connect({ port, host: '127.0.0.1', ...own, ...options });
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  if (opening !== '') socket.write(opening);
  return socket;
}
