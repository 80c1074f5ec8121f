/**
 * People in a room without TLS, as a process: `members` come in, then say `rate` messages a second in
 * turns, `count` in all, or `count` more come in, `joins` a second. Prints a line when they are in and one
 * when everything was said.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { message } from '../../../main/events/message.ts';
import { firstConversationOf } from '../../../main/events/room-id.ts';
import type { DeviceIdentity } from '../../../main/identity/device-identity.ts';
import { sha256 } from '../../../main/identity/sha256.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../../main/protocol/limits.ts';
import { encodeClientMessage } from '../../../main/wire/encode.ts';
import type { ClientMessage } from '../../../main/wire/messages.ts';
import { makeEvent } from '../../../main/replica/make-event.ts';
import { postedOf } from '../../../main/replica/outbox.ts';
import { signerOf } from '../../../main/rooms/signer.ts';
import { helloProof } from '../../../main/transport/hello-proof.ts';
import { freshIdentity } from '../../support/identities.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    members: { type: 'string' },
    rate: { type: 'string', default: '0' },
    count: { type: 'string', default: '0' },
    joins: { type: 'string', default: '0' },
  },
});
const { port = '' } = values;
const members = Number(values.members);
const rate = Number(values.rate);
const count = Number(values.count);
const joins = Number(values.joins);

/** How many come in at the same time. */
const AT_ONCE = 100;
/** How often it is looked what is due, in ms. */
const TURN_MS = 5;
/** Between two looks at what has come in for somebody who only listens, in ms. */
const LISTEN_MS = 500;

const SENTENCE =
  'As long as what people say to each other in a room: some of it is short, and some of it goes on for a while, as this does, until it is said and one can see where it ends.';

const challenge = v.object({ type: v.literal('challenge'), nonce: v.string() });
const welcome = v.object({ type: v.literal('welcome'), room: v.object({ id: v.string() }) });

interface Somebody {
  readonly identity: DeviceIdentity;
  readonly socket: WebSocket;
}

let everybody = 0;
/** The room's id, as the first who came in heard it: every welcome tells of thousands. */
let room = '';

/** Resolves once they are welcome. */
async function comeIn(): Promise<Somebody> {
  everybody += 1;
  const name = `Person ${everybody}`;
  const identity = freshIdentity();
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, SUBPROTOCOL);
  const [first]: Buffer[] = await once(socket, 'message');
  const { nonce } = v.parse(challenge, JSON.parse(String(first)));
  const proof = helloProof(identity, nonce);
  send(socket, { type: 'hello', version: PROTOCOL_VERSION, name, resume: [], ...proof });
  const [greeting]: Buffer[] = await once(socket, 'message');
  room ||= v.parse(welcome, JSON.parse(String(greeting))).room.id;
  if (rate === 0) socket.pause();
  return { identity, socket };
}

function send(socket: WebSocket, said: ClientMessage): void {
  socket.send(encodeClientMessage(said));
}

function say({ identity, socket }: Somebody, number: number): void {
  const text = `${number}. ${SENTENCE.slice(0, 20 + ((number * 37) % 150)).trimEnd()}`;
  const conversation = firstConversationOf(room, sha256);
  const wish = { room, conversation, kind: message.name, content: { text }, written: Date.now() };
  const { id, event } = makeEvent(wish, signerOf(identity), sha256);
  send(socket, { type: 'post', id, event: postedOf(event) });
}

const present: Somebody[] = [];
while (present.length < members) {
  const size = Math.min(AT_ONCE, members - present.length);
  present.push(...(await Promise.all(Array.from({ length: size }, comeIn))));
}
// Who only listens need not do so at once: thousands would take the core from what is measured.
if (rate === 0) {
  setInterval(() => {
    for (const { socket } of present) {
      socket.resume();
      setImmediate(() => socket.pause());
    }
  }, LISTEN_MS);
}
process.stdout.write('in\n');

const begun = performance.now();
let said = 0;
let came = 0;
setInterval(() => {
  const seconds = (performance.now() - begun) / 1000;
  for (const due = Math.min(count, seconds * rate); said < due; said += 1) {
    const speaker = present[said % members];
    if (speaker) say(speaker, said);
    if (said + 1 === count) process.stdout.write('said\n');
  }
  for (const due = Math.min(count, seconds * joins); came < due; came += 1) {
    void comeIn().then((one) => present.push(one));
  }
}, TURN_MS);
