/** F2: whatever does not become a connection is told why in HTTP, with a code, and let go. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { freshIdentity } from '../support/identities.ts';
import { openRoom } from '../support/open-room.ts';
import { joinPlain } from '../support/protocol-member.ts';
import { answerOf, rawConnect, untilDropped, upgradeRequest } from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

/** A good request, with one of its headers missing or another. */
function without(name: string): string {
  return upgradeRequest().replace(new RegExp(`${name}: .*\r\n`), '');
}
const withHeader = (line: string) => upgradeRequest().replace('\r\n\r\n', `\r\n${line}\r\n\r\n`);
const plain = (line: string, rest = '') => `${line}\r\nHost: room\r\n${rest}\r\n`;

const NOT_A_WEBSOCKET = [400, 'not-a-websocket'] as const;
const WRONG_VERSION = [426, 'wrong-websocket-version'] as const;
const WRONG_SUBPROTOCOL = [400, 'wrong-subprotocol'] as const;
const CROSS_SITE = [403, 'cross-site'] as const;
const TOO_LARGE = [431, 'headers-too-large'] as const;
const UNREADABLE = [400, 'bad-request'] as const;

const KIB = 1024;
const requests: Readonly<Record<string, readonly [string, readonly [number, string]]>> = {
  'a web page': [upgradeRequest({ Origin: 'https://evil.example' }), CROSS_SITE],
  'a page of this very address': [upgradeRequest({ Origin: 'null' }), CROSS_SITE],
  'another subprotocol': [upgradeRequest({ 'Sec-WebSocket-Protocol': 'chat' }), WRONG_SUBPROTOCOL],
  'an earlier subprotocol': [
    upgradeRequest({ 'Sec-WebSocket-Protocol': 'lanyard.1' }),
    WRONG_SUBPROTOCOL,
  ],
  'a later subprotocol': [
    upgradeRequest({ 'Sec-WebSocket-Protocol': 'lanyard.3' }),
    WRONG_SUBPROTOCOL,
  ],
  'no subprotocol': [without('Sec-WebSocket-Protocol'), WRONG_SUBPROTOCOL],
  'a subprotocol that is empty': [
    upgradeRequest({ 'Sec-WebSocket-Protocol': '' }),
    WRONG_SUBPROTOCOL,
  ],
  'the subprotocol twice': [
    upgradeRequest({ 'Sec-WebSocket-Protocol': `${SUBPROTOCOL}, ${SUBPROTOCOL}` }),
    WRONG_SUBPROTOCOL,
  ],
  'a list of subprotocols that is none': [
    upgradeRequest({ 'Sec-WebSocket-Protocol': `${SUBPROTOCOL}, @` }),
    WRONG_SUBPROTOCOL,
  ],
  'no key': [without('Sec-WebSocket-Key'), NOT_A_WEBSOCKET],
  'a key that is none': [upgradeRequest({ 'Sec-WebSocket-Key': 'x' }), NOT_A_WEBSOCKET],
  'two keys': [withHeader('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='), NOT_A_WEBSOCKET],
  'no version': [without('Sec-WebSocket-Version'), WRONG_VERSION],
  'an older version': [upgradeRequest({ 'Sec-WebSocket-Version': '8' }), WRONG_VERSION],
  'a version that is none': [upgradeRequest({ 'Sec-WebSocket-Version': 'x' }), WRONG_VERSION],
  'two versions': [withHeader('Sec-WebSocket-Version: 13'), WRONG_VERSION],
  'HTTP/2 in clear text': [upgradeRequest({ Upgrade: 'h2c' }), NOT_A_WEBSOCKET],
  'another upgrade beside ours': [upgradeRequest({ Upgrade: 'websocket, h2c' }), NOT_A_WEBSOCKET],
  'the preface of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', UNREADABLE],
  'an upgrade that is a POST': [upgradeRequest().replace('GET', 'POST'), NOT_A_WEBSOCKET],
  'an upgrade that is a HEAD': [upgradeRequest().replace('GET', 'HEAD'), NOT_A_WEBSOCKET],
  'a tunnel': [plain('CONNECT room:443 HTTP/1.1'), NOT_A_WEBSOCKET],
  'no host': ['GET / HTTP/1.1\r\n\r\n', NOT_A_WEBSOCKET],
  'HTTP/1.0': ['GET / HTTP/1.0\r\n\r\n', NOT_A_WEBSOCKET],
  'a body that waits to be asked for': [
    plain('POST / HTTP/1.1', 'Content-Length: 9\r\nExpect: 100-continue\r\n'),
    NOT_A_WEBSOCKET,
  ],
  'an expectation nobody knows': [plain('GET / HTTP/1.1', 'Expect: tea\r\n'), NOT_A_WEBSOCKET],
  'a request, and an upgrade behind it': [
    plain('GET / HTTP/1.1') + upgradeRequest(),
    NOT_A_WEBSOCKET,
  ],
  'an upgrade, and another behind it': [
    upgradeRequest({ Upgrade: 'h2c' }) + upgradeRequest(),
    NOT_A_WEBSOCKET,
  ],
  'a request, and rubbish behind it': [`${plain('GET / HTTP/1.1')}\u0000\r\n\r\n`, NOT_A_WEBSOCKET],
  '64 KiB in one header': [withHeader(`X: ${'x'.repeat(64 * KIB)}`), TOO_LARGE],
  '64 KiB of headers': [withHeader(`${'X: y\r\n'.repeat(11 * KIB)}X: z`), TOO_LARGE],
  'a path of 64 KiB': [plain(`GET /${'x'.repeat(64 * KIB)} HTTP/1.1`), TOO_LARGE],
  'no HTTP': ['EHLO mail\r\n\r\n', UNREADABLE],
  'a method nobody knows': [plain('SHOUT / HTTP/1.1'), UNREADABLE],
  'a version of HTTP nobody knows': [plain('GET / HTTP/9.9'), UNREADABLE],
  'a header that is none': [withHeader('no header'), UNREADABLE],
  'a header with a control character': [withHeader('X: \u0000'), UNREADABLE],
  'a length that is none': [plain('POST / HTTP/1.1', 'Content-Length: x\r\n'), UNREADABLE],
  'two lengths': [
    plain('POST / HTTP/1.1', 'Content-Length: 1\r\nContent-Length: 2\r\n'),
    UNREADABLE,
  ],
};

/** One answer, with a sentence for a person. */
function expectRefusal(answer: string, [status, code]: readonly [number, string]): void {
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer.split('HTTP/1.1 ')).toHaveLength(2);
  expect(answer).toContain(`\r\nLanyard-Refusal: ${code}\r\n`);
  expect(answer).toMatch(/\r\n\r\n[A-Z].*\.\n$/);
}

describe('F2: what is wrong is said', () => {
  test.for(Object.entries(requests))('%s', async ([, [request, refusal]]) => {
    const { port } = await openRoom();
    const socket = await tlsConnect(port, request);
    expectRefusal(await answerOf(socket), refusal);
    await untilDropped(socket);
  });
});

test.for([
  ['a plain request', plain('GET / HTTP/1.1')],
  ['an upgrade', without('Sec-WebSocket-Key')],
  ['a tunnel', plain('CONNECT room:443 HTTP/1.1')],
  ['no HTTP', 'EHLO mail\r\n\r\n'],
] as const)('F2: who hangs up over the answer disturbs nobody: %s', async ([, request]) => {
  const { port } = await openRoom();
  const chat = await UndisturbedChat.start(port);
  const socket = await rawConnect(port);
  const secure = await tlsConnect(port, request, freshIdentity(), { socket });
  await once(secure, 'data');
  socket.resetAndDestroy();
  await chat.end();
});

test('F2: WebSocket’s own version is named to who speaks another', async () => {
  const { port } = await openRoom();
  const answer = await answerOf(await tlsConnect(port, without('Sec-WebSocket-Version')));
  expect(answer).toContain('\r\nSec-WebSocket-Version: 13\r\n');
});

test.for(['tls', 'plain'] as const)(
  'F2: none of them disturbs who chats (%s)',
  async (transport) => {
    const { port } = await openRoom({}, { transport });
    const chat = await (transport === 'tls'
      ? UndisturbedChat.start(port)
      : UndisturbedChat.start(port, joinPlain));
    const connect = transport === 'tls' ? tlsConnect : rawConnect;
    for (const [request, refusal] of Object.values(requests)) {
      expectRefusal(await answerOf(await connect(port, request)), refusal);
    }
    await chat.end();
  },
);

test.for(['tls', 'plain'] as const)(
  'F2, F9: who is too slow is told so (%s)',
  async (transport) => {
    const { port } = await openRoom({ helloMs: 1_500 }, { transport });
    const connect = transport === 'tls' ? tlsConnect : rawConnect;
    const silent = await connect(port);
    const slow = await connect(port, 'GET / HTTP/1.1\r\nHost:');
    const dribble = setInterval(() => slow.write('x'), 20);
    for (const answer of await Promise.all([silent, slow].map(answerOf))) {
      expectRefusal(answer, [408, 'request-timeout']);
    }
    clearInterval(dribble);
    await Promise.all([silent, slow].map(untilDropped));
  },
);

describe('F2, I2: who comes to a room with TLS without it is answered all the same', () => {
  test.for([
    ['a plain request', plain('GET / HTTP/1.1'), NOT_A_WEBSOCKET],
    ['a WebSocket', upgradeRequest(), [400, 'not-encrypted']],
    ['no HTTP', 'EHLO mail\r\n\r\n', UNREADABLE],
    ['64 KiB of headers', withHeader(`X: ${'x'.repeat(64 * KIB)}`), TOO_LARGE],
  ] as const)('%s', async ([, request, refusal]) => {
    const { port } = await openRoom();
    const chat = await UndisturbedChat.start(port);
    const socket = await rawConnect(port, request);
    expectRefusal(await answerOf(socket), refusal);
    await untilDropped(socket);
    await chat.end();
  });

  test('who hangs up without a word is gone', async () => {
    const { port } = await openRoom();
    const socket = await rawConnect(port);
    socket.end();
    socket.resume();
    await once(socket, 'end');
  });
});
