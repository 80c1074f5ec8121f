/** I2: whoever does not prove a key of the right kind is not heard. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { ConnectionOptions } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { identityFrom } from '../../main/identity/device-identity.ts';
import { identityOf } from '../support/identities.ts';
import { openRoom } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';
import { answerOf, rawConnect, untilDropped, upgradeRequest } from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';
import { certificateWith } from './certificate.ts';
import type { Oddities } from './certificate.ts';

function withCertificate(
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  oddities: Oddities = {},
) {
  return {
    certificate: certificateWith(publicKey, oddities),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('F2, I2: who comes without a usable certificate gets an answer in words', () => {
  const people = {
    none: null,
    'an RSA key': withCertificate(generateKeyPairSync('rsa', { modulusLength: 2048 })),
    'a key on P-384': withCertificate(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
    'an Ed25519 key': withCertificate(generateKeyPairSync('ed25519')),
    'the right key in 16 KB': withCertificate(p256(), { padding: 16 * 1024 }),
    'the right key in a little over 4 KB': withCertificate(p256(), { padding: 4096 }),
  };
  test.for(Object.entries(people))('%s', async ([name, who]) => {
    const { port } = await openRoom();
    const socket = await tlsConnect(port, upgradeRequest(), who);
    const answer = await answerOf(socket);
    const code = name === 'none' ? 'no-certificate' : 'certificate-unusable';
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain(`Lanyard-Refusal: ${code}\r\n`);
    await untilDropped(socket);
  });
});

test('I2: only the key counts: an expired certificate is as good as another', async () => {
  const { port } = await openRoom();
  const { certificate, privateKey } = withCertificate(p256(), { until: 2001 });
  const as = identityFrom(certificate, privateKey);
  if (!as) throw new Error('it is one');
  const member = await join(port, 'Ann', { as });
  expect((await member.welcome()).you).toBe(as.id);
});

test('I2: somebody else’s certificate is of no use without its key', async () => {
  const { certificate } = identityOf('Ann');
  const { port } = await openRoom();
  const chat = await UndisturbedChat.start(port);
  const { privateKey } = withCertificate(p256());
  // Whoever wants to use it finds that TLS itself does not let them.
  await expect(tlsConnect(port, '', { certificate, privateKey })).rejects.toThrow(/mismatch/i);
  await chat.end();
});

describe('I2: what is not TLS 1.3 does not get through TLS', () => {
  const old: Readonly<Record<string, ConnectionOptions>> = {
    'TLS 1.2': { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
    'TLS 1.1': { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    'TLS 1.0': { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
  };
  test.for(Object.entries(old))('%s', async ([, options]) => {
    const { port } = await openRoom();
    const connecting = tlsConnect(port, '', identityOf('Ann'), options);
    await expect(connecting).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    });
  });

  test('TLS 1.3 does', async () => {
    const { port } = await openRoom();
    expect((await tlsConnect(port)).getProtocol()).toBe('TLSv1.3');
  });

  test.for([
    ['a WebSocket without TLS', upgradeRequest()],
    ['noise', randomBytes(5_000)],
    [
      'the beginning of a handshake, then noise',
      Buffer.concat([Buffer.from('160301020001', 'hex'), randomBytes(600)]),
    ],
    ['a record of 64 KB', Buffer.concat([Buffer.from('160301ffff', 'hex'), Buffer.alloc(0xffff)])],
  ] as const)('%s', async ([, bytes]) => {
    const { port } = await openRoom();
    const chat = await UndisturbedChat.start(port);
    const socket = await rawConnect(port, bytes);
    expect(await answerOf(socket)).not.toContain('HTTP/1.1 101');
    await untilDropped(socket);
    await chat.end();
  });
});

test('H1: two hundred who begin to shake hands and stop are let go, the others chat on', async () => {
  const { port } = await openRoom({ helloMs: 2_000 });
  const chat = await UndisturbedChat.start(port);
  const half = Buffer.from('16030102000100', 'hex');
  const sockets = await Promise.all(
    Array.from({ length: 200 }, (_, index) => rawConnect(port, index % 2 === 0 ? half : '')),
  );
  await Promise.all(sockets.map((socket) => once(socket.resume(), 'end')));
  const late = await join(port, 'Late');
  late.crash();
  await chat.end();
});

test('I2: a TLS session cannot be resumed, with one’s own key or another', async () => {
  const { port } = await openRoom();
  const first = await tlsConnect(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', identityOf('Ann'));
  const sessions: Buffer[] = [];
  first.on('session', (session: Buffer) => sessions.push(session));
  await answerOf(first);
  const session = sessions.at(-1) ?? first.getSession();
  const second = await tlsConnect(port, '', identityOf('Mallory'), { session });
  expect(second.isSessionReused()).toBe(false);
});
