/** I2, F9: what the first bytes of a connection tell, however they are cut. */
import { describe, expect, test } from 'vitest';
import { ALPN } from '../../main/protocol/limits.ts';
import { CLIENT_HELLO_MAX_BYTES, destinationOf } from '../../main/server/client-hello.ts';
import type { Destination } from '../../main/server/client-hello.ts';
import { clientHello, inRecords, messageOf } from '../support/client-hellos.ts';
import { SeededRandom } from '../support/seeded-random.ts';

const hellos: readonly (readonly [string, Destination, Buffer])[] = [
  ['a member', 'members', await clientHello({ ALPNProtocols: [ALPN] })],
  ['a member’s app', 'members', await clientHello({ ALPNProtocols: [ALPN, 'http/1.1'] })],
  ['a member, last of all', 'members', await clientHello({ ALPNProtocols: ['h2', ALPN] })],
  ['a member, by name', 'members', await clientHello({ ALPNProtocols: [ALPN], servername: 'lab' })],
  ['0.1.0', 'others', await clientHello()],
  ['a browser', 'others', await clientHello({ ALPNProtocols: ['h2', 'http/1.1'] })],
  ['the next version', 'others', await clientHello({ ALPNProtocols: ['lanyard/3'] })],
  ['more than ours', 'others', await clientHello({ ALPNProtocols: [`${ALPN}0`] })],
  ['less than ours', 'others', await clientHello({ ALPNProtocols: ['lanyard/'] })],
  ['ours in capitals', 'others', await clientHello({ ALPNProtocols: ['LANYARD/2'] })],
  ['ours as a server’s name', 'others', await clientHello({ servername: ALPN })],
  [
    'TLS 1.2',
    'members',
    await clientHello({ ALPNProtocols: [ALPN], minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
  ],
];
const [, , MEMBER = Buffer.alloc(0)] = hellos[0] ?? [];
const MESSAGE = messageOf(MEMBER);

/** A member's with more bytes in an extension that nobody knows, so that its records are so long. */
function padded(bytes: number): Buffer {
  const extension = Buffer.alloc(bytes - MEMBER.length);
  extension.writeUInt16BE(0xfafa);
  extension.writeUInt16BE(extension.length - 4, 2);
  const message = Buffer.concat([MESSAGE, extension]);
  message.writeUIntBE(message.length - 4, 1, 3);
  // The length of all extensions stands behind those of the session's id and the ciphers.
  const session = 39 + message.readUInt8(38);
  const extensions = session + 2 + message.readUInt16BE(session) + 2;
  message.writeUInt16BE(message.readUInt16BE(extensions) + extension.length, extensions);
  return inRecords(message, CLIENT_HELLO_MAX_BYTES);
}

/** What is told after each further byte, without repeating it. */
function toldBy(bytes: Buffer): string[] {
  const told: string[] = [];
  let enough = 0;
  for (let end = 0; end <= bytes.length; end += 1) {
    const destination = destinationOf(bytes.subarray(0, end));
    const isMore = typeof destination === 'number';
    if (isMore) enough = Math.max(enough, end + destination);
    else if (destination === 'members') expect(end).toBeGreaterThanOrEqual(enough);
    const word = isMore ? 'more' : destination;
    if (told.at(-1) !== word) told.push(word);
  }
  return told;
}

/** How often it is looked at what comes byte by byte, if only when there is enough. */
function looksAt(bytes: Buffer): number {
  let looks = 0;
  for (let end = 0; end <= bytes.length; looks += 1) {
    const destination = destinationOf(bytes.subarray(0, end));
    if (typeof destination !== 'number') break;
    expect(destination).toBeGreaterThan(0);
    end += destination;
  }
  return looks;
}

describe.for(hellos)('%s', ([, destination, bytes]) => {
  test('is told at the last byte, and no earlier', () => {
    expect(toldBy(bytes)).toEqual(['more', destination]);
    expect(destinationOf(bytes.subarray(0, -1))).toBe(1);
  });

  test('is told in records of 50 bytes', () => {
    expect(toldBy(inRecords(messageOf(bytes), 50))).toEqual(['more', destination]);
  });

  test.for([1, 2, 3])('is told in records of %i bytes', (length) => {
    const records = inRecords(messageOf(bytes), length);
    expect(destinationOf(records)).toBe(destination);
    expect(destinationOf(records.subarray(0, -1))).toBeTypeOf('number');
  });

  test('is told in two records, wherever it is cut', () => {
    const message = messageOf(bytes);
    for (let at = 1; at < message.length; at += 1) {
      const records = [message.subarray(0, at), message.subarray(at)].map((it) =>
        inRecords(it, it.length),
      );
      expect(destinationOf(Buffer.concat(records))).toBe(destination);
    }
  });

  test('is told whatever follows', () => {
    for (const more of [Buffer.alloc(1), Buffer.from('170303', 'hex'), Buffer.alloc(70_000, 22)]) {
      expect(destinationOf(Buffer.concat([bytes, more]))).toBe(destination);
    }
  });
});

describe('how much is read', () => {
  test('16 KiB and no more', () => {
    const longest = padded(CLIENT_HELLO_MAX_BYTES);
    expect(longest).toHaveLength(16 * 1024);
    expect(destinationOf(longest)).toBe('members');
    expect(destinationOf(longest.subarray(0, -1))).toBe(1);
    const tooLong = padded(CLIENT_HELLO_MAX_BYTES + 1);
    expect(destinationOf(tooLong)).toBe('others');
    expect(destinationOf(tooLong.subarray(0, -1))).toBe('others');
  });

  test('a few looks, however it is cut', () => {
    expect(looksAt(MEMBER)).toBeLessThan(5);
    expect(looksAt(inRecords(MESSAGE, 1))).toBeLessThan(60);
    const endless = Buffer.from('160301000101160301000100160301000120', 'hex');
    const filled = Buffer.alloc(CLIENT_HELLO_MAX_BYTES, Buffer.from('1603010001ff', 'hex'));
    endless.copy(filled);
    expect(looksAt(filled)).toBeLessThan(60);
    expect(destinationOf(filled)).toBe('others');
  });
});

test.for<readonly [string, string, readonly string[]]>([
  ['nothing', '', ['more']],
  ['HTTP', '474554202f', ['more', 'no TLS']],
  ['SSL 2', '802e0103', ['more', 'no TLS']],
  ['an alert', '15030100020100', ['more', 'no TLS']],
  ['another message', '160301000402000000', ['more', 'others']],
  ['a message that is longer than is read', '160301400001ffffff', ['more', 'others']],
  ['a record of something else in between', '16030100020100150301', ['more', 'others']],
  ['a record of nothing', '1603010000', ['more', 'others']],
  ['a ClientHello of nothing', '160301000401000000', ['more', 'others']],
  ['a ClientHello that stops after its version', '1603010006010000020303', ['more', 'others']],
])('%s', ([, hex, told]) => {
  expect(toldBy(Buffer.from(hex, 'hex'))).toEqual(told);
});

test('whatever becomes of a ClientHello, it is told once and for all', () => {
  const random = new SeededRandom(21);
  const anywhere = (bytes: Buffer) => Math.floor(random.between(0, bytes.length));
  for (let n = 0; n < 4_000; n += 1) {
    const [, , original] = random.pick(hellos);
    let bytes = inRecords(messageOf(original), random.pick([7, 50, 300, 16_384]));
    for (let changes = random.between(1, 6); changes > 0; changes -= 1) {
      const at = anywhere(bytes);
      if (random.chance(0.6)) bytes.writeUInt8(Math.floor(random.between(0, 256)), at);
      else if (random.chance(0.5)) bytes = Buffer.concat([bytes.subarray(0, at), bytes]);
      else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 3), Buffer.alloc(1)]);
    }
    // Past the end of what is given lies what would be a member's.
    const alone = destinationOf(Buffer.from(bytes));
    const room = Buffer.concat([bytes, MEMBER]);
    expect(destinationOf(room.subarray(0, bytes.length))).toBe(alone);
    const early = destinationOf(bytes.subarray(0, anywhere(bytes)));
    if (typeof early !== 'number') expect(early).toBe(alone);
    if (typeof alone !== 'number') expect(destinationOf(room)).toBe(alone);
  }
});
