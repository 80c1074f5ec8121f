/**
 * Abuses a room for the invited while people chat in it and others come in from elsewhere:
 * `abuse-program.ts PORT INVITE JOINS FRAMES HALF_OPEN`. All of it is refused. Prints each stage's
 * name and what became of it as JSON, and waits for a line before the next.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { DoorHolder } from '../support/door-holder.ts';
import { freshIdentity } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { connect } from '../support/protocol-member.ts';
import type { AbuseStage, StageName } from './abuse-stages.ts';
import { Chatters } from './chatters.ts';

const MEMBERS = 10;

/** Joins, and floods, at once. */
const AT_ONCE = 16;

/** What one connection sends before it is closed as flooding (B6), and a little more. */
const FLOOD_FRAMES = SERVER_LIMITS.flood.burst + SERVER_LIMITS.flood.patience + 50;

/** More than a hub has places in all. */
const HELD = SERVER_LIMITS.connections + 500;

/** Between two newcomers, in ms. */
const BETWEEN_MS = 50;

const CLIENT_HELLO = Buffer.from('16030140000100', 'hex');

const [port = 0, joins = 0, frames = 0, halfOpen = 0] = [2, 4, 5, 6].map((n) =>
  Number(process.argv[n]),
);
const [, , , invite = ''] = process.argv;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** Whom the room never lets in but to be flooded by them. */
const people = Array.from({ length: 100 }, () => freshIdentity());
const newcomer = freshIdentity();
const chatters = await Chatters.join(port, MEMBERS, invite);

const TYPING = { type: 'typing', conversation: 'x'.repeat(43) };
const HELLO = { type: 'hello', version: PROTOCOL_VERSION, name: 'Mallory' };

/** Each ends with a refusal, in HTTP or after the hello. */
const REFUSED: readonly ((options: ClientOptions) => WebSocket)[] = [
  (options) => dial({ ...options, headers: { Origin: 'https://evil.example' } }),
  ({ localAddress }) => dial({ localAddress, rejectUnauthorized: false }),
  (options) => dial(options, 'lanyard.9'),
  (options) => saying(options, { ...HELLO, version: 9, invite }),
  (options) => saying(options, { ...HELLO, name: '\u202e', invite }),
  (options) => saying(options, { ...HELLO, invite: 'x'.repeat(32) }),
  (options) => saying(options, HELLO),
  (options) => saying(options, { ...HELLO, passphrase: 'x'.repeat(128) }),
  (options) => saying(options, { type: 'who', id: 'x' }),
];

function dial(options: ClientOptions, subprotocol = SUBPROTOCOL): WebSocket {
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, subprotocol, options);
  return socket.on('error', () => undefined);
}

function saying(options: ClientOptions, message: object): WebSocket {
  const socket = dial(options);
  return socket.on('open', () => socket.send(JSON.stringify(message)));
}

/** Resolves to the code it is closed with, whatever else goes wrong with it. */
function closeOf(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve));
}

/** From many addresses where there are many, for ports run out otherwise. */
function from(number: number): ClientOptions {
  return process.platform === 'linux' ? { localAddress: `127.0.${1 + (number % 200)}.1` } : {};
}

/** Resolves to how many of them were let in. */
async function joinInVain(): Promise<number> {
  let begun = 0;
  let letIn = 0;
  const lane = async () => {
    while (begun < joins) {
      const number = begun;
      begun += 1;
      const identity = people[number % people.length] ?? freshIdentity();
      const join = REFUSED[number % REFUSED.length];
      const socket = join?.({ ...memberTls(identity), ...from(number) });
      socket?.on('message', (data: Buffer) => {
        if (data.includes('"type":"welcome"')) letIn += 1;
      });
      if (socket) await closeOf(socket);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return letIn;
}

/** Resolves to how many connections did not end as flooding. */
async function flood(): Promise<number> {
  let begun = 0;
  let unpunished = 0;
  const lane = async (_: unknown, number: number) => {
    const identity = people[number] ?? freshIdentity();
    while (begun < frames) {
      begun += FLOOD_FRAMES;
      const socket = saying(memberTls(identity), { ...HELLO, name: `Flood ${number}`, invite });
      await once(socket, 'message');
      const ended = closeOf(socket);
      for (let sent = 0; sent < FLOOD_FRAMES; sent += 1) {
        if (sent % 3 === 0) socket.ping('x'.repeat(100));
        else socket.send(JSON.stringify({ ...TYPING, on: sent % 2 === 0, x: 'x'.repeat(200) }));
      }
      if ((await ended) !== CLOSE_REASONS.flooding.code) unpunished += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return unpunished;
}

/** From one address, made anew as they are dropped. */
async function holdTheDoor(): Promise<number> {
  const fromOne = process.platform === 'linux' ? ['127.0.0.9'] : ['127.0.0.1'];
  const each = { count: HELD / 2, from: fromOne };
  const holders = ['', CLIENT_HELLO].map((opening) => new DoorHolder(port, { ...each, opening }));
  await Promise.all(holders.map((holder) => holder.made(halfOpen / 2)));
  for (const holder of holders) holder.stop();
  return 0;
}

/** Runs one stage, with newcomers from another address all along. */
async function stage(name: StageName, abuse: () => Promise<number>): Promise<void> {
  const started = performance.now();
  const times: number[] = [];
  const over = new AbortController();
  const coming = (async () => {
    while (!over.signal.aborted && chatters.suffered.length === 0) {
      times.push(await comeIn());
      await delay(BETWEEN_MS);
    }
  })();
  const suffered = await abuse();
  over.abort();
  await coming;
  const [disturbed = null] = chatters.suffered;
  const result: AbuseStage = {
    seconds: Math.round((performance.now() - started) / 1000),
    suffered,
    newcomers: times.length,
    slowestMs: Math.round(Math.max(0, ...times)),
    disturbed,
  };
  process.stdout.write(`${name} ${JSON.stringify(result)}\n`);
  await lines.next();
}

/** Somebody comes in, says something and goes; resolves to how long that took, in ms. */
async function comeIn(): Promise<number> {
  const started = performance.now();
  const options = process.platform === 'linux' ? { localAddress: '127.0.0.2' } : {};
  try {
    const member = await connect(port, { as: newcomer, ...options });
    member.hello('Newcomer', { invite });
    await member.welcome();
    const text = `newcomer at ${started}`;
    member.say(text);
    await member.entry(text);
    member.crash();
  } catch (error) {
    chatters.suffered.push(`a newcomer was kept out: ${String(error)}`);
  }
  return performance.now() - started;
}

await stage('before', () => Promise.resolve(0));
await stage('joins', joinInVain);
await stage('frames', flood);
await stage('half-open', holdTheDoor);
process.stdout.write(`${await chatters.end()} lines\n`);
process.exit();
