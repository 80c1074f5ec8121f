/**
 * Throws frames at a room while people chat in it: `fuzz-program.ts PORT FRAMES SEED PID`, with the
 * pid of the host. Prints a FuzzResult as a line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect as netConnect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { freshIdentity } from '../support/identities.ts';
import { signedSay } from '../support/protocol-member.ts';
import { SeededRandom } from '../support/seeded-random.ts';
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

/** Between two lines of the chat, in ms. */
const THINKING_MS = 10;

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
/** What members had to suffer, in order. */
const suffered: string[] = [];

/** Somebody who listens, and says a line when told to. */
class Chatter {
  heard = 0;
  readonly #socket: WebSocket;
  readonly #identity: DeviceIdentity;
  #onLine: () => void = () => undefined;

  constructor(socket: WebSocket, identity: DeviceIdentity, name: string) {
    this.#socket = socket;
    this.#identity = identity;
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    socket.on('close', (code) => suffered.push(`${name} was thrown out with ${code}`));
  }

  send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  say(line: number): void {
    this.send(signedSay(this.#identity, `line ${line}`, `line-${line}`));
  }

  /** Resolves once it has heard so many lines. */
  async hears(line: number): Promise<void> {
    while (this.heard < line && suffered.length === 0) {
      await new Promise<void>((resolve) => {
        this.#onLine = resolve;
      });
    }
  }

  #hear(frame: string) {
    const line = /^\{"type":"entry".*"text":"line (\d+)"/.exec(frame)?.[1];
    if (line === undefined) return;
    this.heard += 1;
    if (Number(line) !== this.heard) suffered.push(`line ${line} came as number ${this.heard}`);
    this.#onLine();
  }
}

const strangers = Array.from({ length: STRANGERS }, () => freshIdentity());
const chatters: Chatter[] = [];
for (let number = 1; number <= MEMBERS; number += 1) {
  const identity = freshIdentity();
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, SUBPROTOCOL, tlsOptions(identity));
  const chatter = new Chatter(socket, identity, `member ${number}`);
  await once(socket, 'open');
  chatter.send({ type: 'hello', version: PROTOCOL_VERSION, name: `Member ${number}` });
  chatters.push(chatter);
}

let isOver = false;
const chatting = chat();
await Promise.all(Array.from({ length: AT_ONCE }, throwFrames));
isOver = true;
const lines = await chatting;
const memoryAfter = memoryOfHost();
const [disturbed = null] = suffered;
const result: FuzzResult = { frames, connections, lines, disturbed, memoryBefore, memoryAfter };
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit();

/** They take turns, to the end and a round longer; resolves to the number of lines. */
async function chat(): Promise<number> {
  let last = Infinity;
  for (let line = 1; line <= last; line += 1) {
    const speaker = chatters[line % MEMBERS];
    speaker?.say(line);
    await Promise.all(chatters.map((chatter) => chatter.hears(line)));
    if (suffered.length > 0) return line;
    if (isOver && last === Infinity) last = line + MEMBERS;
    await delay(THINKING_MS);
  }
  return last;
}

async function throwFrames(): Promise<void> {
  while (frames < wanted && suffered.length === 0) {
    const burst = makeBurst(random);
    frames += burst.frames;
    connections += 1;
    if (memoryBefore === 0 && frames >= wanted / 10) memoryBefore = memoryOfHost();
    const socket = open();
    // What the room says to it does not matter, nor how it is thrown out.
    socket.on('error', () => undefined).resume();
    socket.end(Buffer.concat([UPGRADE, burst.bytes]));
    await once(socket, 'close');
  }
}

/** Whoever connects shows a certificate, and takes the room's for what it is. */
function tlsOptions({ certificate, privateKey }: DeviceIdentity) {
  return { cert: certificate, key: privateKey, rejectUnauthorized: false };
}

/** From many addresses where there are many, for ports run out otherwise. */
function open(): TLSSocket {
  const stranger = strangers[connections % strangers.length] ?? freshIdentity();
  const from =
    process.platform === 'linux' ? { localAddress: `127.0.${1 + (connections % 200)}.1` } : {};
  const socket = netConnect({ host: '127.0.0.1', port, ...from });
  return connect({ socket, ...tlsOptions(stranger) });
}

function memoryOfHost(): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(hostPid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1024);
}
