/**
 * Throws frames at a room while people chat in it: `fuzz-program.ts PORT FRAMES SEED PID`, with the
 * pid of the host. Prints a FuzzResult as a line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { connect as netConnect } from 'node:net';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { freshIdentity } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { Chatters } from './chatters.ts';
import { makeBurst } from './fuzz-frames.ts';

export interface FuzzResult {
  readonly frames: number;
  readonly connections: number;
  /** Lines each member heard, every one of them once and in order. */
  readonly lines: number;
  /** What the first member had to suffer, null when nothing. */
  readonly disturbed: string | null;
  /** The host's resident memory in MB, after a tenth of the frames and at the end. */
  readonly memoryBefore: number;
  readonly memoryAfter: number;
}

const MEMBERS = 20;

/** Connections open at once. */
const AT_ONCE = 24;

/** More than are open at once, so that none takes over another's connection. */
const STRANGERS = 100;

const UPGRADE = Buffer.from(
  [
    'GET / HTTP/1.1',
    'Host: room',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
    '\r\n',
  ].join('\r\n'),
);

const [port = 0, wanted = 0, seed = 0, hostPid = 0] = process.argv.slice(2).map(Number);
const random = new SeededRandom(seed);
let frames = 0;
let connections = 0;
let memoryBefore = 0;
const strangers = Array.from({ length: STRANGERS }, () => freshIdentity());
const chatters = await Chatters.join(port, MEMBERS);
await Promise.all(Array.from({ length: AT_ONCE }, throwFrames));
const lines = await chatters.end();
const memoryAfter = memoryOfHost();
const [disturbed = null] = chatters.suffered;
const result: FuzzResult = { frames, connections, lines, disturbed, memoryBefore, memoryAfter };
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit();

async function throwFrames(): Promise<void> {
  while (frames < wanted && chatters.suffered.length === 0) {
    const burst = makeBurst(random);
    frames += burst.frames;
    connections += 1;
    if (memoryBefore === 0 && frames >= wanted / 10) memoryBefore = memoryOfHost();
    const socket = open();
    // What the room says to it does not matter, nor how it is thrown out.
    socket.on('error', () => undefined).resume();
    socket.end(Buffer.concat([UPGRADE, burst.bytes]));
    // A reset is an end like any other: `once` would reject.
    await new Promise((resolve) => {
      socket.once('close', resolve);
    });
  }
}

/** From many addresses where there are many, for ports run out otherwise. */
function open(): TLSSocket {
  const stranger = strangers[connections % strangers.length] ?? freshIdentity();
  const from =
    process.platform === 'linux' ? { localAddress: `127.0.${1 + (connections % 200)}.1` } : {};
  const socket = netConnect({ host: '127.0.0.1', port, ...from });
  return connect({ socket, ...memberTls(stranger) });
}

function memoryOfHost(): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(hostPid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1024);
}
