/** Frames no good client would send: malformed ones, and good ones with something changed. */
import { parseClientMessage } from '../../main/wire/parse.ts';
import { normalizeName } from '../../main/protocol/names.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { SeededRandom } from '../support/seeded-random.ts';

/** WebSocket frames in their order, the last of which may be one that ends the connection. */
export interface Burst {
  readonly bytes: Buffer;
  readonly frames: number;
}

/** So much is read of one connection before it counts as flooding (B6), with something to spare. */
const FRAMES_MAX = 60;
const UNITS_MAX = 400_000;

const TEXT = 0x81;
const OPCODES = [
  0x80, 0x81, 0x82, 0x88, 0x89, 0x8a, 0x83, 0x8b, 0xc1, 0xf1, 0x01, 0x02, 0x00, 0x09,
];

const JUNK = ['', '"', '\\', '{', '}', '[', ',', ':', '\u0000', '\u202e', '😀', '\\ud800', '1e999'];

const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e21,
  2 ** 53,
  0.1,
  '',
  ' ',
  '\u0000\u001b[2J',
  '<script>alert(1)</script>',
  "'; DROP TABLE entries; --",
  '__proto__',
  'x'.repeat(65),
  '字'.repeat(5_000),
  [],
  [[[[[[]]]]]],
  {},
  { toString: 1, constructor: { prototype: null } },
];

/** A key, a signature or a secret, as far as their form goes. */
const TOKEN = 'AxN0'.repeat(11).slice(1);
const SIGNATURE = 'AxN0'.repeat(22).slice(2);

const KINDS = [
  'message/text',
  'message/imported',
  'message/of-tomorrow',
  'relation/edit',
  'relation/redaction',
  'relation/reaction',
  'act/settings',
  'act/moderation',
  'act/passphrase',
  'act/of-tomorrow',
  'odd',
];

const KEYS = [
  'type',
  'id',
  'event',
  'name',
  'version',
  'resume',
  'limit',
  'on',
  'conversation',
  'again',
  'passphrase',
  '__proto__',
  'constructor',
];

/** Frames for one connection, up to the first one that ends it. */
export function makeBurst(random: SeededRandom): Burst {
  const frames: Buffer[] = [];
  let units = 0;
  let isIn = false;
  if (random.chance(0.3)) {
    frames.push(
      frame(
        Buffer.from(
          JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, name: 'Fuzz', resume: [] }),
        ),
      ),
    );
    isIn = true;
  }
  while (frames.length < FRAMES_MAX && units < UNITS_MAX) {
    if (random.chance(0.08)) {
      frames.push(brokenFrame(random));
      break;
    }
    const text = mutated(random);
    frames.push(frame(Buffer.from(text)));
    units += text.length;
    const verdict = verdictOn(text, isIn);
    if (verdict === 'ends') break;
    isIn = true;
  }
  return { bytes: Buffer.concat(frames), frames: frames.length };
}

/** Whether a frame ends a connection, on which somebody has come in or not (F7, H1-H3). */
function verdictOn(text: string, isIn: boolean): 'ends' | 'stays' {
  const parsed = parseClientMessage(text);
  if (!parsed.ok) {
    const goesOn = parsed.code === 'unknown-type' || parsed.id !== undefined;
    return isIn && goesOn ? 'stays' : 'ends';
  }
  const { message } = parsed;
  if (isIn) return message.type === 'leave' ? 'ends' : 'stays';
  const comesIn =
    message.type === 'hello' &&
    message.version <= PROTOCOL_VERSION &&
    normalizeName(message.name).ok;
  return comesIn ? 'stays' : 'ends';
}

function mutated(random: SeededRandom): string {
  const message = goodMessage(random);
  const text = JSON.stringify(message);
  const at = Math.floor(random.between(0, text.length));
  switch (Math.floor(random.between(0, 8))) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.pick(JUNK) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + random.pick(JUNK).repeat(20) + text.slice(at);
    case 3:
      return text + text;
    case 4:
      return `${'['.repeat(random.between(1, 5_000))}${text}`;
    case 5: {
      const { [random.pick(Object.keys(message))]: _gone, ...rest } = message;
      return JSON.stringify(rest);
    }
    case 6:
      return JSON.stringify({ ...message, [random.pick(KEYS)]: random.pick(VALUES) });
    default:
      return JSON.stringify({
        ...message,
        [random.pick(Object.keys(message))]: random.pick(VALUES),
      });
  }
}

function goodMessage(random: SeededRandom): Record<string, unknown> {
  const id = `fuzz-${Math.floor(random.between(0, 1e12))}`;
  const hello = { type: 'hello', version: PROTOCOL_VERSION, name: 'Mallory', resume: [] };
  const ancestry = [{ epoch: TOKEN, seq: 1 }];
  return random.pick<Record<string, unknown>>([
    hello,
    { ...hello, resume: [{ conversation: TOKEN, ancestry }] },
    { ...hello, invite: TOKEN, passphrase: TOKEN },
    { ...hello, key: TOKEN, proof: TOKEN },
    { type: 'passphrase', finish: TOKEN, proof: TOKEN },
    { type: 'post', id: TOKEN, event: goodEvent(random) },
    { type: 'post', id: TOKEN, event: oddEvent(random) },
    { type: 'bans', id },
    { type: 'rename', id, name: 'Mallory' },
    { type: 'typing', conversation: TOKEN, on: true },
    { type: 'who', id },
    { type: 'history', id, conversation: TOKEN, before: 10, limit: 5 },
    { type: 'leave' },
  ]);
}

function goodEvent(random: SeededRandom): Record<string, unknown> {
  return {
    conversation: TOKEN,
    kind: random.pick(KINDS),
    person: TOKEN,
    device: TOKEN,
    written: 1,
    refs: [['to', TOKEN]],
    signature: SIGNATURE,
    salt: TOKEN,
    body: '{"text":"so it is"}',
  };
}

/** One with something in it that is not as it should be. */
function oddEvent(random: SeededRandom): Record<string, unknown> {
  const event = goodEvent(random);
  return { ...event, [random.pick(Object.keys(event))]: random.pick(VALUES) };
}

/** A text frame; the mask is zero. */
function frame(payload: Buffer, head = TEXT): Buffer {
  const { length } = payload;
  const size =
    length < 126
      ? Buffer.from([head, 0x80 | length])
      : length < 65_536
        ? Buffer.from([head, 0x80 | 126, length >> 8, length & 0xff])
        : Buffer.from([head, 0x80 | 127, 0, 0, 0, 0, ...bigEndian(length)]);
  return Buffer.concat([size, Buffer.alloc(4), payload]);
}

function bigEndian(length: number): number[] {
  return [length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

/** Not even a WebSocket frame, or one with contents that are no text. */
function brokenFrame(random: SeededRandom): Buffer {
  const rubbish = Buffer.from(
    Array.from({ length: Math.floor(random.between(1, 200)) }, () => random.between(0, 256)),
  );
  switch (Math.floor(random.between(0, 4))) {
    case 0:
      return frame(rubbish);
    case 1:
      return frame(rubbish, random.pick(OPCODES));
    case 2:
      // Longer than it says, longer than allowed, or without a mask.
      return random.pick([
        Buffer.from([TEXT, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
        Buffer.from([TEXT, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
        Buffer.from([TEXT, 5, 0x68, 0x65, 0x6c, 0x6c, 0x6f]),
      ]);
    default:
      return rubbish;
  }
}
