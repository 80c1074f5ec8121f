/** I2, F9: one port, where members are asked for a certificate and others are not. */
import { execFile } from 'node:child_process';
import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ALPN } from '../../main/protocol/limits.ts';
import { clientHello, inRecords, messageOf } from '../support/client-hellos.ts';
import { identityOf } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { openRoom } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';
import { answerOf, rawConnect, untilDropped, upgradeRequest } from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';

const ANN = identityOf('Ann');
const run = promisify(execFile);

/** How the first message of TLS may come. */
const SLICINGS: Readonly<Record<string, (hello: Buffer) => readonly Buffer[]>> = {
  'byte by byte': (hello) => Array.from(hello, (byte) => Buffer.of(byte)),
  'in records of 50 bytes': (hello) => [inRecords(messageOf(hello), 50)],
  'in records of 50 bytes, in parts of 7': (hello) => {
    const records = inRecords(messageOf(hello), 50);
    return Array.from({ length: Math.ceil(records.length / 7) }, (_, n) =>
      records.subarray(7 * n, 7 * n + 7),
    );
  },
};

/** TLS to a room, whose first message is sent as it is sliced. */
async function slicedConnect(port: number, slice: (hello: Buffer) => readonly Buffer[]) {
  const tcp = await rawConnect(port);
  tcp.setNoDelay(true);
  let isFirst = true;
  const wire = new Duplex({
    read: () => undefined,
    async write(bytes: Buffer, _, done: () => void) {
      for (const part of isFirst ? slice(bytes) : [bytes]) {
        tcp.write(part);
        await turn();
      }
      isFirst = false;
      done();
    },
  });
  tcp.on('data', (data: Buffer) => wire.push(data));
  const tls = connectTls({ socket: wire, ...memberTls(ANN) });
  onTestFinished(() => {
    tls.destroy();
  });
  tls.on('error', () => undefined);
  await once(tls, 'secureConnect');
  return tls;
}

/** What Node's TLS says of a handshake, as a client with a certificate that offers these. */
async function handshakeWith(port: number, offered: readonly string[]): Promise<string> {
  const options = { ...memberTls(ANN), ALPNProtocols: offered, port, enableTrace: true };
  const program = `require('node:tls').connect(${JSON.stringify(options)}, function () { this.end() })`;
  return (await run(process.execPath, ['-e', program])).stderr;
}

describe('who says that it is a member', () => {
  test('is asked for a certificate', async () => {
    const { port } = await openRoom();
    expect(await handshakeWith(port, [ALPN])).toContain('CertificateRequest');
  });

  test.for(Object.entries(SLICINGS))('is known by its key, %s', async ([, slice]) => {
    const { port } = await openRoom();
    const tls = await slicedConnect(port, slice);
    expect(tls.alpnProtocol).toBe(ALPN);
    tls.write(upgradeRequest());
    expect(String(await once(tls, 'data'))).toMatch(/^HTTP\/1\.1 101 /);
  });

  test('is known by its key, beside others', async () => {
    const { port } = await openRoom();
    const as = { as: ANN, ALPNProtocols: ['h2', ALPN, 'http/1.1'] };
    const member = await join(port, 'Ann', as);
    expect((await member.welcome()).you).toBe(ANN.id);
  });
});

describe.for([
  ['nothing', []],
  ['HTTP', ['http/1.1']],
  ['what a browser does', ['h2', 'http/1.1']],
  ['a version there is not', ['lanyard/3', 'http/1.1']],
] as const)('who says %s', ([, offered]) => {
  test('is asked for no certificate', async () => {
    const { port } = await openRoom();
    const said = await handshakeWith(port, offered);
    expect(said).toContain('EncryptedExtensions');
    expect(said).not.toContain('CertificateRequest');
  });

  test.for(['lanyard.1', 'lanyard.2'])('is no member, and is told so (%s)', async (version) => {
    const { port } = await openRoom();
    const request = upgradeRequest({ 'Sec-WebSocket-Protocol': version });
    const socket = await tlsConnect(port, request, ANN, { ALPNProtocols: [...offered] });
    const answer = await answerOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 403 [^]*\r\nLanyard-Refusal: no-certificate\r\n/);
    expect(answer).toContain('different versions of the Lanyard protocol. Update Lanyard');
    await untilDropped(socket);
  });

  test('is told in HTTP what this is', async () => {
    const { port } = await openRoom();
    const options = { ALPNProtocols: [...offered] };
    const socket = await tlsConnect(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', null, options);
    expect(socket.alpnProtocol).toBe(offered.length > 0 ? 'http/1.1' : false);
    expect(await answerOf(socket)).toContain('\r\nLanyard-Refusal: not-a-websocket\r\n');
  });
});

describe('who does not come to an end with it', () => {
  test('is let go in time', async () => {
    const { port } = await openRoom({ helloMs: 500 });
    const hello = await clientHello({ ALPNProtocols: [ALPN] });
    const dribbling = await rawConnect(port, hello.subarray(0, 100));
    let at = 100;
    const dribble = setInterval(() => {
      dribbling.write(hello.subarray(at, at + 1));
      at = Math.min(at + 1, hello.length - 2);
    }, 20);
    onTestFinished(() => clearInterval(dribble));
    const oneShort = await rawConnect(port, hello.subarray(0, -1));
    const tooLong = await rawConnect(port, Buffer.from('160301400001003ffc', 'hex'));
    tooLong.write(Buffer.alloc(16 * 1024 - 8));
    expect(await Promise.all([dribbling, oneShort].map(answerOf))).toEqual(['', '']);
    await Promise.all([dribbling, oneShort, tooLong].map(untilDropped));
  });

  test('is counted: a further one from its address is closed unheard', async () => {
    const { port } = await openRoom({ halfOpenPerSource: 2, helloMs: 60_000 });
    const hello = await clientHello({ ALPNProtocols: [ALPN] });
    const first = await rawConnect(port, hello.subarray(0, -1));
    await rawConnect(port, hello.subarray(0, 1));
    await expect(tlsConnect(port)).rejects.toThrow();
    // It is heard to the end all the same.
    first.write(hello.subarray(-1));
    const [answer] = await once(first, 'data');
    expect(Buffer.from(answer).readUInt8(0)).toBe(0x16);
    first.destroy();
    await expect.poll(() => join(port, 'Late').catch(() => null)).not.toBeNull();
  });

  test.for([1, 100, -1])('is gone when it hangs up after %i bytes', async (end) => {
    const { port } = await openRoom();
    const hello = await clientHello({ ALPNProtocols: [ALPN] });
    const socket = await rawConnect(port, hello.subarray(0, end));
    socket.end();
    socket.resume();
    await once(socket, 'end');
  });

  test('and hangs up is not waited for when the room is closed', async () => {
    const room = await openRoom({ helloMs: 60_000, closeMs: 60_000 });
    const socket = await rawConnect(room.port, (await clientHello()).subarray(0, -1));
    await join(room.port, 'Ann').then((ann) => ann.crash());
    await room.stop();
    await untilDropped(socket);
  });
});
