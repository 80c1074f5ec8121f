import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { PassThrough } from 'node:stream';
import { domainToASCII } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  formatHostPort,
  parseAddress,
  placeOf,
  roomLink,
  urlOf,
} from '../../main/transport/address.ts';
import type { Target } from '../../main/transport/address.ts';
import { NO_ADDRESSES } from '../support/no-addresses.ts';

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
    ['IPv4 of full width', '１９２.１６８．１。８', { ...plain, host: '192.168.1.8', port: 47100 }],
    ['a name and port of full width', 'ｌａｂ：４７', { ...plain, host: 'lab', port: 47 }],
    ['IPv6 of full width', '［ｆｄ００：：１］：４', { ...plain, host: 'fd00::1', port: 4 }],
    ['a port with zeros in front', 'lab:00080', { ...plain, host: 'lab', port: 80 }],
    ['a name to its root', 'lab.example.', { ...plain, host: 'lab.example.', port: 47100 }],
    ['a name with marks', 'नी', { ...plain, host: 'नी', port: 47100 }],
    ['names no web site has', 'a_b', { ...plain, host: 'a_b', port: 47100 }],
    ['zeros that are the address', '10.0.0.0', { ...plain, host: '10.0.0.0', port: 47100 }],
    [
      'a path with spaces and other letters',
      'ws://lab/a room/房间',
      {
        ...plain,
        transport: 'plain',
        host: 'lab',
        port: 80,
        path: '/a%20room/%E6%88%BF%E9%97%B4',
      },
    ],
    [
      'a URL with a fragment, of which no server is told',
      'wss://chat.example.org/room#top',
      { ...plain, transport: 'web', host: 'chat.example.org', port: 443, path: '/room' },
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

test.for(NO_ADDRESSES)('D5: %j is none, nor is a URL or a link with it', (host) => {
  expect(parseAddress(host)).toBeNull();
  for (const scheme of ['ws', 'wss', 'lanyard']) {
    expect(parseAddress(`${scheme}://${host}/`), scheme).toBeNull();
  }
});

test.for([
  'host:0x50',
  'host:1e3',
  'host:+80',
  'host: 80',
  'host:000080',
  'host:',
  'host:80:',
  '[fd00::1]:0',
  '[fd00::1]:',
  '[fd00::1]x:80',
  '[192.168.1.8]',
  'fd00::1%',
  '1::2:3:4:5:6:7:8',
  '::ffff:1.2.3.08',
  'wss://[fe80::1%eth0]/',
  'ws://user:pass@host/',
  'ws://host\\path',
  'ws://host/a\nb',
  'ws://host/\0',
  'ws://host/\ud800',
  `ws://host/${'房'.repeat(200)}`,
  'lanyard://host/two/rooms',
  'lanyard://host/room#top',
  'ws:host',
  'lanyard:host',
])('D5: %j is none', (text) => {
  expect(parseAddress(text)).toBeNull();
});

/** What is a part of some address, or looks like one. */
const PARTS = [
  'lanyard:// ws:// wss:// [ ] : ： % %eth0 / ? # @ \\ . 。 ． ｡ .. :: - _ xn-- xn--a lab LAB 实验室',
  '１９２ 192 168 010 08 0x7f 0X 256 1e3 0 ٣ ² ① ㏂ ⒈ ß İ fe80::1 fd00:: 65535 65536 :0 :00080 :47100',
].flatMap((line) => line.split(' '));
/** What nobody sees, or sees as something else. */
const UNSEEN = '\0\t\n \u007f\u00ad\u200b\u200d\ufe0f\u034f\u202e\ud800\u3000'.split('');
const part = fc.constantFrom(...PARTS, ...UNSEEN);
const typed = fc
  .array(fc.oneof({ weight: 5, arbitrary: part }, fc.string({ unit: 'binary', maxLength: 5 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

test('D5: whatever is typed, what comes of it is a URL of the machine it says', () => {
  const texts = fc.oneof(typed, typed, fc.webUrl(), fc.ipV6(), fc.ipV4(), fc.ipV4Extended());
  fc.assert(
    fc.property(fc.oneof(texts, fc.domain()), (text) => {
      const target = parseAddress(text);
      if (!target) return;
      expect(target.port).toBeGreaterThanOrEqual(1);
      expect(target.port).toBeLessThanOrEqual(65_535);
      expect(isSameMachine(target, new URL(urlOf(target)).hostname)).toBe(true);
      expect(parseAddress(placeOf(target))).toEqual({
        ...target,
        roomId: null,
        hostKey: null,
        invite: null,
      });
      expect(() => handToWs(target)).not.toThrow();
    }),
    { numRuns: 3_000 },
  );
});

/** Whether a URL's host is the one the target says. */
function isSameMachine({ host }: Target, urlHost: string): boolean {
  const address = host.split('%')[0] ?? '';
  if (isIPv6(address)) {
    const same = new BlockList();
    same.addAddress(address, 'ipv6');
    return same.check(urlHost.slice(1, -1), 'ipv6');
  }
  if (isIPv4(urlHost)) return address === urlHost;
  return domainToASCII(address) === urlHost;
}

/** As a connection does, but with nobody there. */
function handToWs(target: Target): void {
  const socket = new WebSocket(urlOf(target), { createConnection: () => new PassThrough() });
  socket.on('error', () => undefined);
  socket.terminate();
}

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
