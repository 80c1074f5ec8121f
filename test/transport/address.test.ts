import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHostPort, parseAddress, roomLink } from '../../main/transport/address.ts';

const plain = { transport: 'tls', path: '/', roomId: null, hostKey: null, invite: null } as const;

/** A key and a token of the right form. */
const HOST_KEY = 'A'.repeat(44);
const INVITE = 'i'.repeat(32);

describe('D5: an address may be', () => {
  test.for([
    ['a name', 'lab-pc', { ...plain, host: 'lab-pc', port: 47100 }],
    ['a local name', ' lab-pc.local ', { ...plain, host: 'lab-pc.local', port: 47100 }],
    ['a name in Chinese', '实验室:8000', { ...plain, host: '实验室', port: 8000 }],
    ['IPv4', '192.168.1.20', { ...plain, host: '192.168.1.20', port: 47100 }],
    ['IPv4 and port', '192.168.1.20:4000', { ...plain, host: '192.168.1.20', port: 4000 }],
    ['bare IPv6', 'fd00::1', { ...plain, host: 'fd00::1', port: 47100 }],
    ['IPv6 in brackets', '[fd00::1]:4000', { ...plain, host: 'fd00::1', port: 4000 }],
    ['link-local IPv6', 'fe80::1%eth0', { ...plain, host: 'fe80::1%eth0', port: 47100 }],
    [
      'a link',
      'lanyard://192.168.1.20:4000/KrCr_-9',
      { ...plain, host: '192.168.1.20', port: 4000, roomId: 'KrCr_-9' },
    ],
    ['a link without a room', 'LANYARD://lab-pc/', { ...plain, host: 'lab-pc', port: 47100 }],
    ['a WebSocket URL', 'ws://lab-pc', { ...plain, transport: 'plain', host: 'lab-pc', port: 80 }],
    [
      'a room behind TLS',
      'wss://chat.example.org/room?x=1',
      { ...plain, transport: 'web', host: 'chat.example.org', port: 443, path: '/room?x=1' },
    ],
  ] as const)('%s', ([, text, target]) => {
    expect(parseAddress(text)).toEqual(target);
  });
});

test.for([
  '',
  ' ',
  'two words',
  'http://example.org',
  'javascript:alert(1)',
  '256.1.1.1',
  '1.2.3',
  'host:0',
  'host:65536',
  'host:port',
  'host:-1',
  '-host',
  'fd00::1::2',
  '[fd00::1',
  'fe80::1%e;th0',
  'user@host',
  'host/path',
  'lanyard://host/a room',
  'lanyard://',
  'lanyard://lab-pc/room?key=short',
  `lanyard://lab-pc/room?key=${HOST_KEY}&invite=short`,
  `lanyard://lab-pc/room?invite=${INVITE}`,
  `lanyard://lab-pc/?key=${HOST_KEY}&invite=${INVITE}`,
  'wss://',
  'x'.repeat(2_000),
  'a\nb',
])('%j is none', (text) => {
  expect(parseAddress(text)).toBeNull();
});

const part = fc.constantFrom('lanyard://', 'ws://', 'wss://', '[', ']', ':', '%', '/', '.', '::');

test('whatever is typed, what comes of it can be connected to', () => {
  const typed = fc
    .array(fc.oneof(part, fc.string({ unit: 'binary', maxLength: 5 }), fc.nat().map(String)))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(typed, fc.webUrl(), fc.ipV6(), fc.ipV4(), fc.domain()), (text) => {
      const target = parseAddress(text);
      if (!target) return;
      expect(target.port).toBeGreaterThanOrEqual(1);
      expect(target.port).toBeLessThanOrEqual(65_535);
      expect(target.host).toMatch(/^[^\s/?#@[\]]+$/);
      expect(target.path).toMatch(/^\//);
    }),
    { numRuns: 500 },
  );
});

test('D5: links and addresses that are handed out are read again', () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  const id = fc.stringMatching(/^[\w-]{1,64}$/);
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), port, id, (host, portNumber, roomId) => {
      const hostPort = formatHostPort(host, portNumber);
      expect(parseAddress(hostPort)).toMatchObject({ host, port: portNumber, roomId: null });
      expect(parseAddress(roomLink(hostPort, roomId, null, null))).toEqual({
        ...plain,
        host,
        port: portNumber,
        roomId,
      });
      const link = roomLink(hostPort, roomId, HOST_KEY, INVITE);
      expect(parseAddress(link)).toEqual({
        ...plain,
        host,
        port: portNumber,
        roomId,
        hostKey: HOST_KEY,
        invite: INVITE,
      });
    }),
  );
});
