import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createIdentity, identityFrom } from '../../main/identity/device-identity.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { memberIdOfCertificate } from '../../main/identity/member-key.ts';
import { verifySignature } from '../../main/identity/signatures.ts';

test('the certificate is sha256, holds for long and has nothing personal in it', async () => {
  const identity = await createIdentity();
  const certificate = new X509Certificate(identity.certificate);
  expect(memberIdOfCertificate(certificate.raw)).toBe(identity.id);
  expect(certificate.signatureAlgorithm).toBe('ecdsa-with-SHA256');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const { subject, issuer, subjectAltName } = certificate;
  expect({ subject, issuer, subjectAltName }).toEqual({
    subject: 'CN=Lanyard',
    issuer: 'CN=Lanyard',
    subjectAltName: undefined,
  });
  const day = 24 * 60 * 60 * 1000;
  expect(certificate.validFromDate.getTime()).toBeLessThan(Date.now() - 364 * day);
  expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now() + 99 * 365 * day);
});

test('over TLS 1.3 a server and a client know each other by their keys', async () => {
  const [server, client] = await Promise.all([createIdentity(), createIdentity()]);
  const [serverSide, clientSide] = await handshake(server, client);
  for (const socket of [serverSide, clientSide]) {
    expect(socket.getProtocol()).toBe('TLSv1.3');
    // Each was told to trust the other's certificate alone, for what it is used for here.
    expect(socket.authorized, String(socket.authorizationError)).toBe(true);
  }
  expect(peerOf(serverSide)).toBe(client.id);
  expect(peerOf(clientSide)).toBe(server.id);
});

test('what it signs holds for its id, also after it was taken apart and put together', async () => {
  const identity = await createIdentity();
  const again = identityFrom(identity.certificate, identity.privateKey);
  expect(again).toMatchObject({ id: identity.id, certificate: identity.certificate });
  expect(again?.privateKey).toBe(identity.privateKey);
  for (const signer of [identity, again]) {
    expect(verifySignature(identity.id, 'hello', signer?.sign('hello') ?? '')).toBe(true);
  }
});

test('a certificate and a key that are no pair, or no PEM, are no identity', async () => {
  const [one, other] = await Promise.all([createIdentity(), createIdentity()]);
  expect(one.id).not.toBe(other.id);
  expect(identityFrom(one.certificate, other.privateKey)).toBeNull();
  expect(identityFrom(one.privateKey, one.certificate)).toBeNull();
  expect(identityFrom('', '')).toBeNull();
});

test('printing an identity does not print its key', async () => {
  const identity = await createIdentity();
  const printed = `${JSON.stringify({ identity })} ${inspect(identity, { showHidden: true })}`;
  expect(printed).toContain(identity.id);
  expect(printed).not.toContain('PRIVATE KEY');
});

/** Both ends of a connection, each trusting nobody but the other. */
async function handshake(
  server: DeviceIdentity,
  client: DeviceIdentity,
): Promise<readonly [TLSSocket, TLSSocket]> {
  const listening = createServer({
    cert: server.certificate,
    key: server.privateKey,
    ca: client.certificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
  });
  onTestFinished(() => {
    listening.close();
  });
  const refused = once(listening, 'tlsClientError').then(([error]) => {
    throw error;
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  const clientSide = connect({
    host: '127.0.0.1',
    port: address.port,
    cert: client.certificate,
    key: client.privateKey,
    ca: server.certificate,
    rejectUnauthorized: true,
    // A key has no host name.
    checkServerIdentity: () => undefined,
    minVersion: 'TLSv1.3',
  });
  onTestFinished(() => {
    clientSide.destroy();
  });
  const accepted = once(listening, 'secureConnection');
  const [[serverSide]] = await Promise.all([
    Promise.race([accepted, refused]),
    once(clientSide, 'secureConnect'),
  ]);
  return [serverSide, clientSide];
}

function peerOf(socket: TLSSocket): string | null {
  return memberIdOfCertificate(socket.getPeerX509Certificate()?.raw ?? new Uint8Array());
}
