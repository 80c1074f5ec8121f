import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOSE_REASONS, closeNameOf } from '../../main/protocol/close-codes.ts';
import { REFUSAL_CODES } from '../../main/model/error-codes.ts';
import {
  ANCESTRY_MAX,
  BODY_MAX,
  KIND_MAX,
  LATEST_TIME,
  REFERENCES_MAX,
} from '../../main/protocol/limits.ts';
import type { ReceivedEntry } from '../../main/timeline/entry.ts';
import { encodeClientMessage, encodeHubMessage } from '../../main/wire/encode.ts';
import type { ClientMessage, HubMessage } from '../../main/wire/messages.ts';
import { parseClientMessage, parseHubMessage } from '../../main/wire/parse.ts';
import type { Parsed } from '../../main/wire/parse.ts';
import { refusal } from '../../main/wire/refusals.ts';

const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const id = fc.string({ unit: visible, minLength: 1, maxLength: 64 });
const base64url = fc.constantFrom(
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
);
const hash = fc.string({ unit: base64url, minLength: 43, maxLength: 43 });
const salt = fc.string({ unit: base64url, minLength: 22, maxLength: 43 });
const signature = fc.string({ unit: base64url, minLength: 86, maxLength: 86 });
const link = fc.oneof(hash, fc.constant(''));
const token = fc.string({ minLength: 1, maxLength: 1024 });
const seq = fc.nat();
const text = fc.string({ unit: 'binary', maxLength: 300 });
const bodyText = fc.string({ unit: 'grapheme', maxLength: 300 });
const time = fc.nat({ max: LATEST_TIME });
const role = fc.constantFrom('host' as const, 'moderator', 'member');
const member = fc.record({
  id,
  name: text,
  role,
  away: fc.boolean(),
  muted: fc.boolean(),
  since: seq,
});
const kind = fc
  .tuple(fc.constantFrom('message', 'relation', 'act'), fc.string({ unit: visible, minLength: 1 }))
  .map(([each, name]) => `${each}/${name}`.slice(0, KIND_MAX));
const references = fc.array(
  fc.record({ as: fc.constantFrom('to', 're', 'after', 'from-later'), id }),
  { maxLength: REFERENCES_MAX },
);
const whole = fc.record({ state: fc.constant('whole' as const), salt, text: bodyText });
const body = fc.oneof(
  whole,
  fc.record({ state: fc.constant('redacted' as const), digest: hash }),
  fc.record({ state: fc.constant('withheld' as const), digest: hash }),
);
const signed = { kind, person: id, written: time, references, signature };

/** Often by the person's first device. */
function withDevice<Event extends { readonly person: string }>(event: fc.Arbitrary<Event>) {
  return fc
    .tuple(event, fc.option(id))
    .map(([each, device]) => ({ ...each, device: device ?? each.person }));
}

const posted = withDevice(fc.record({ conversation: hash, ...signed, body: whole }));
const position = fc.record({ epoch: hash, seq });
const chainEnd = fc.record({ seq, link, epoch: link });

/** Few epochs and policy links, so that one is often the same as before. */
const someHash = fc.constantFrom('e'.repeat(43), 'f'.repeat(43), 'g'.repeat(43));
const received = withDevice(
  fc.record({
    epoch: someHash,
    seq: fc.integer({ min: 1 }),
    at: time,
    origin: fc.option(position),
    policy: fc.oneof(someHash, fc.constant('')),
    name: text,
    ...signed,
    body,
  }),
);
/** Of one log: rising, with holes. */
const entries: fc.Arbitrary<readonly ReceivedEntry[]> = fc
  .uniqueArray(received, {
    selector: (entry) => entry.seq,
    maxLength: 6,
  })
  .map((all) => all.toSorted((a, b) => a.seq - b.seq));

const room = fc.record({
  id: hash,
  founder: id,
  nonce: id,
  name: text,
  access: fc.constantFrom('open' as const, 'passphrase', 'invite'),
  locked: fc.boolean(),
  slowSeconds: seq,
  idleMinutes: fc.option(fc.integer({ min: 1, max: 1440 })),
  remembersDays: fc.option(seq, { nil: null }),
});
const head = fc.record({
  type: fc.constant('head' as const),
  conversation: hash,
  epoch: hash,
  seq,
  link: hash,
  signature,
});
const epoch = fc.record({
  room: hash,
  number: fc.integer({ min: 1 }),
  writer: id,
  parent: link,
  places: fc.array(fc.record({ conversation: hash, seq, link }), { maxLength: 3 }),
  signature,
});
const logState = fc.record({
  conversation: hash,
  common: fc.option(position),
  floor: chainEnd,
  last: chainEnd,
  after: chainEnd,
  entries,
  head: fc.option(head),
});
const limit = fc.integer({ min: 1, max: 200 });
const version = fc.constant(2);

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record(
    {
      type: fc.constant('hello' as const),
      version,
      name: text,
      resume: fc.array(
        fc.record({ conversation: hash, ancestry: fc.array(position, { maxLength: 3 }) }),
        { maxLength: 3 },
      ),
      invite: token,
      passphrase: token,
      key: id,
      proof: token,
    },
    { requiredKeys: ['type', 'version', 'name', 'resume'] },
  ),
  fc.record({ type: fc.constant('passphrase' as const), finish: token, proof: token }),
  fc.record(
    {
      type: fc.constant('post' as const),
      id: hash,
      again: fc.constant(true as const),
      event: posted,
    },
    { requiredKeys: ['type', 'id', 'event'] },
  ),
  fc.record({ type: fc.constant('bans' as const), id }),
  fc.record({ type: fc.constant('rename' as const), id, name: text }),
  fc.record({ type: fc.constant('typing' as const), conversation: hash, on: fc.boolean() }),
  fc.record({ type: fc.constant('who' as const), id }),
  fc.record({ type: fc.constant('history' as const), id, conversation: hash, before: seq, limit }),
  fc.record({ type: fc.constant('history' as const), id, conversation: hash, after: seq, limit }),
  fc.record({ type: fc.constant('leave' as const) }),
);

const change = fc.oneof(
  fc.record({ change: fc.constant('joined' as const), member, count: fc.integer({ min: 1 }) }),
  fc.record({
    change: fc.constant('left' as const),
    id,
    name: text,
    reason: fc.constantFrom(
      'left' as const,
      'lost',
      'idle',
      'removed',
      'banned',
      'too-slow',
      'flooding',
    ),
    count: seq,
  }),
  fc.record({ change: fc.constant('renamed' as const), id, before: text, name: text, count: seq }),
  fc.record({ change: fc.constant('away' as const), id, away: fc.boolean(), count: seq }),
  fc.record({
    change: fc.constant('standing' as const),
    id,
    role,
    muted: fc.boolean(),
    count: seq,
  }),
);

const hubMessage: fc.Arbitrary<HubMessage> = fc.oneof(
  fc.record(
    {
      type: fc.constant('welcome' as const),
      version,
      you: id,
      proof: token,
      room,
      epoch,
      logs: fc.array(logState, { maxLength: 2 }),
      roster: fc.array(member, { maxLength: 5 }),
    },
    { requiredKeys: ['type', 'version', 'you', 'room', 'epoch', 'logs', 'roster'] },
  ),
  fc.record({ type: fc.constant('challenge' as const), nonce: token }),
  fc.record({ type: fc.constant('passphrase' as const), room: id, response: token }),
  fc.record({
    type: fc.constant('bans' as const),
    id,
    bans: fc.array(fc.record({ id, name: text, by: text, at: time })),
  }),
  fc.record({ type: fc.constant('entries' as const), conversation: hash, after: seq, entries }),
  fc.record({ type: fc.constant('confirmed' as const), id }),
  head,
  fc.record({ type: fc.constant('floor' as const), conversation: hash, floor: chainEnd }),
  fc.record({ type: fc.constant('presence' as const), changes: fc.array(change) }),
  fc.record({ type: fc.constant('typing' as const), conversation: hash, id, on: fc.boolean() }),
  fc.record({ type: fc.constant('room' as const), room }),
  fc.record({ type: fc.constant('roster' as const), id, roster: fc.array(member) }),
  fc.record({
    type: fc.constant('page' as const),
    id,
    conversation: hash,
    after: chainEnd,
    entries,
    more: fc.boolean(),
  }),
  fc.constantFrom(...REFUSAL_CODES).map((code) => refusal(code)),
  fc.tuple(fc.constantFrom(...REFUSAL_CODES), id).map(([code, about]) => refusal(code, about)),
  fc.tuple(fc.constantFrom(...REFUSAL_CODES), id, seq).map(([code, about, seconds]) => ({
    ...refusal(code, about),
    seconds,
  })),
);

/** A message as it is on its way. */
const encoded: fc.Arbitrary<object> = fc.oneof(
  clientMessage.map((message): object => JSON.parse(encodeClientMessage(message))),
  hubMessage.map((message): object => JSON.parse(encodeHubMessage(message))),
);

/** Anything JSON can say, and often something that nearly is a message. */
const nearlyMessage = fc.oneof(
  fc.json(),
  fc
    .tuple(encoded, fc.string(), fc.jsonValue())
    .map(([message, key, value]) => JSON.stringify({ ...message, [key]: value })),
  fc.tuple(encoded, fc.jsonValue(), fc.nat()).map(([message, value, index]) => {
    const keys = Object.keys(message);
    const key = keys[index % keys.length] ?? 'type';
    return JSON.stringify({ ...message, [key]: value });
  }),
);

const said = (parsed: Parsed<ClientMessage>) =>
  parsed.ok ? encodeClientMessage(parsed.message) : '';
const told = (parsed: Parsed<HubMessage>) => (parsed.ok ? encodeHubMessage(parsed.message) : '');

/** Each with what reads a frame, says it again, and reads that. */
const parsers = {
  parseClientMessage: {
    parse: parseClientMessage,
    again: (frame: string) => parseClientMessage(said(parseClientMessage(frame))),
  },
  parseHubMessage: {
    parse: parseHubMessage,
    again: (frame: string) => parseHubMessage(told(parseHubMessage(frame))),
  },
};

describe.for(Object.entries(parsers))('%s', ([, { parse, again }]) => {
  test('F5: never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (frame) => {
        const parsed = parse(frame);
        if (!parsed.ok) expect(['bad-message', 'unknown-type']).toContain(parsed.code);
      }),
    );
  });

  test('F5: never throws, whatever the JSON, and bounds what it lets through', () => {
    fc.assert(
      fc.property(nearlyMessage, (frame) => {
        const parsed = parse(frame);
        if (!parsed.ok) {
          expect((parsed.id ?? 'x').length).toBeLessThanOrEqual(64);
          return;
        }
        // What was understood is understood again, and says the same.
        expect(again(frame)).toEqual(parsed);
      }),
      { numRuns: 1000 },
    );
  });

  test.for(['toString', '__proto__', 'constructor', 'Hello', 'hello ', ''])(
    'F6: the unknown type “%s” is named as such',
    (type) => {
      expect(parse(`{"type":"${type}","id":"r1"}`)).toEqual({
        ok: false,
        code: 'unknown-type',
        id: 'r1',
      });
    },
  );

  test.for(['null', '7', '"hello"', '[]', '{}', '{"type":null}', '{"type":["hello"]}', '', '{'])(
    'F7, F8: %j is no message',
    (frame) => {
      expect(parse(frame)).toEqual({ ok: false, code: 'bad-message' });
    },
  );

  test('deep nesting is harmless', () => {
    const deep = '{"type":"post","id":"x","event":'.repeat(2_000);
    expect(parse(deep).ok).toBe(false);
    expect(
      parse(`{"type":"who","id":"x","extra":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
    ).toBeDefined();
  });
});

test('F6: everything a client can say survives the way, without unknown fields', () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      const ofLater = { ...message, later: { a: [1] } };
      const frame = encodeClientMessage(ofLater);
      expect(parseClientMessage(frame)).toEqual({ ok: true, message });
    }),
  );
});

test('F6: everything a hub can say survives the way, without unknown fields', () => {
  fc.assert(
    fc.property(hubMessage, (message) => {
      const ofLater = { ...message, later: { a: [1] } };
      expect(parseHubMessage(encodeHubMessage(ofLater))).toEqual({ ok: true, message });
    }),
  );
});

test('W3: what is usual of a member is not said', () => {
  const ann = {
    id: 'ann',
    name: 'Ann',
    role: 'member',
    away: false,
    muted: false,
    since: 1,
  } as const;
  const bob = { ...ann, id: 'bob', role: 'moderator', away: true, muted: true } as const;
  const frame = encodeHubMessage({ type: 'roster', id: 'r', roster: [ann, bob] });
  expect(JSON.parse(frame)).toEqual({
    type: 'roster',
    id: 'r',
    roster: [
      ['ann', 'Ann', 1],
      ['bob', 'Ann', 1, { role: 'moderator', away: true, muted: true }],
    ],
  });
});

function joined(name: string, count: number) {
  const newcomer = { id: name, name, role: 'member', away: false, muted: false, since: 1 } as const;
  return { change: 'joined', member: newcomer, count } as const;
}

test('P2: who came in one after another is told in one change', () => {
  const left = { change: 'left', id: 'Bo', name: 'Bo', reason: 'left', count: 3 } as const;
  const changes = [joined('Ann', 3), joined('Bo', 4), left, joined('Cem', 4), joined('Dee', 7)];
  const frame = encodeHubMessage({ type: 'presence', changes });
  const [ann, bo, cem, dee] = ['Ann', 'Bo', 'Cem', 'Dee'].map((name) => [name, name, 1]);
  expect(JSON.parse(frame)).toEqual({
    type: 'presence',
    changes: [
      { change: 'joined', members: [ann, bo], count: 4 },
      left,
      { change: 'joined', members: [cem], count: 4 },
      { change: 'joined', members: [dee], count: 7 },
    ],
  });
  expect(parseHubMessage(frame)).toEqual({ ok: true, message: { type: 'presence', changes } });
});

test.for([
  ['ann'],
  ['ann', 'Ann'],
  ['ann', 'Ann', '1'],
  [1, 'Ann', 1],
  ['ann', 'Ann', 1, null],
  ['ann', 'Ann', 1, { away: 'king' }],
  { id: 'ann', name: 'Ann', since: 1 },
])('W3: %j is nobody', (nobody) => {
  for (const message of [
    { type: 'roster', id: 'r', roster: [nobody] },
    { type: 'presence', changes: [{ change: 'joined', members: [nobody], count: 1 }] },
  ])
    expect(parseHubMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
});

test.for([
  { members: [], count: 1 },
  {
    members: [
      ['a', 'A', 1],
      ['b', 'B', 1],
    ],
    count: 1,
  },
])('P2: %j is no joining', (wrong) => {
  const message = { type: 'presence', changes: [{ change: 'joined', ...wrong }] };
  expect(parseHubMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
});

/** Each with what it is called, which is not as long as it may be. */
function named(...messages: readonly object[]): readonly [string, object][] {
  return messages.map((message) => [JSON.stringify(message).slice(0, 400), message]);
}

const HASH = 'h'.repeat(43);
const SIGNATURE = 's'.repeat(86);
const EVENT = {
  conversation: HASH,
  kind: 'message/text',
  person: 'ann',
  written: 1,
  signature: SIGNATURE,
  salt: HASH,
  body: '{}',
};
const POST = { type: 'post', id: HASH, event: EVENT };
const HELLO = { type: 'hello', version: 2, name: 'A' };
const HISTORY = { type: 'history', id: 'h', conversation: HASH, limit: 10 };
const LONG = 'x'.repeat(1025);

const AT = { epoch: HASH, seq: 3 };
const resuming = (...ancestry: readonly unknown[]) => ({
  ...HELLO,
  resume: [{ conversation: HASH, ancestry }],
});
const posting = (bent: object) => ({ ...POST, event: { ...EVENT, ...bent } });
const refs = (...all: readonly unknown[]) => posting({ refs: all });

test.for(
  named(
    POST,
    { ...POST, again: true },
    HELLO,
    { ...HELLO, resume: [] },
    resuming(),
    resuming(...Array.from({ length: ANCESTRY_MAX }, () => AT)),
    posting({ kind: 'act/x' }),
    posting({ kind: `relation/${'x'.repeat(KIND_MAX - 9)}` }),
    posting({ device: 'another' }),
    posting({ written: LATEST_TIME }),
    posting({ salt: 'x'.repeat(22) }),
    posting({ body: '' }),
    posting({ body: 'x'.repeat(BODY_MAX) }),
    refs(),
    refs(...Array.from({ length: REFERENCES_MAX }, () => ['re', 'x'])),
    refs(['from-later', 'x'.repeat(64)]),
    { ...HISTORY, before: 0 },
    { ...HISTORY, after: 0, limit: 200 },
  ),
)('%s is fine', ([, message]) => {
  expect(parseClientMessage(JSON.stringify(message))).toMatchObject({ ok: true });
});

test.for(
  named(
    { ...POST, id: '' },
    { ...POST, id: 'x'.repeat(42) },
    { ...POST, id: 'x'.repeat(44) },
    { ...POST, id: `${'x'.repeat(42)}+` },
    { ...POST, id: 1 },
    { ...POST, again: false },
    { ...POST, event: null },
    { ...POST, event: undefined },
    posting({ conversation: 'x' }),
    posting({ conversation: `${HASH}\n` }),
    // They stand in what is signed, one a line.
    posting({ person: 'a\nb' }),
    posting({ person: 'a b' }),
    posting({ person: 'é' }),
    posting({ person: '' }),
    posting({ person: 'x'.repeat(65) }),
    posting({ device: '' }),
    posting({ device: 'a\nb' }),
    posting({ device: null }),
    posting({ kind: 'text' }),
    posting({ kind: 'message/' }),
    posting({ kind: 'messages' }),
    posting({ kind: '/text' }),
    posting({ kind: 'Message/text' }),
    posting({ kind: 'message/a b' }),
    posting({ kind: 'message/a\n' }),
    posting({ kind: `message/${'x'.repeat(KIND_MAX - 7)}` }),
    posting({ kind: 'toString' }),
    posting({ written: -1 }),
    posting({ written: 1.5 }),
    posting({ written: LATEST_TIME + 1 }),
    posting({ written: '1' }),
    posting({ signature: '' }),
    posting({ signature: 's'.repeat(85) }),
    posting({ signature: 's'.repeat(87) }),
    posting({ signature: `${'s'.repeat(85)}=` }),
    posting({ signature: undefined }),
    posting({ salt: 'x'.repeat(21) }),
    posting({ salt: 'x'.repeat(44) }),
    posting({ salt: `${'x'.repeat(22)}\n` }),
    posting({ salt: undefined }),
    posting({ body: undefined }),
    posting({ body: {} }),
    posting({ body: 'x'.repeat(BODY_MAX + 1) }),
    // In UTF-8 it is the same as another body.
    posting({ body: 'half a pair \ud83e' }),
    // Nobody posts what is redacted or withheld.
    posting({ body: undefined, salt: undefined, redacted: HASH }),
    posting({ body: undefined, salt: undefined, withheld: HASH }),
    posting({ refs: {} }),
    refs(['to']),
    refs(['to', '']),
    refs(['to', 'a b']),
    refs(['to', 'x'.repeat(65)]),
    refs(['', 'x']),
    refs(['To', 'x']),
    refs(['a b', 'x']),
    refs(['x'.repeat(17), 'x']),
    refs({ as: 'to', id: 'x' }),
    refs(...Array.from({ length: REFERENCES_MAX + 1 }, () => ['re', 'x'])),
    { ...HELLO, version: 1.5 },
    { ...HELLO, version: 0 },
    { ...HELLO, version: '2' },
    { ...HELLO, version: undefined },
    { ...HELLO, name: undefined },
    { ...HELLO, name: 'x'.repeat(64 * 1024 + 1) },
    { ...HELLO, resume: null },
    { ...HELLO, resume: AT },
    { ...HELLO, resume: Array.from({ length: ANCESTRY_MAX + 1 }, () => resuming().resume[0]) },
    resuming({ ...AT, seq: -1 }),
    resuming({ ...AT, seq: 1.5 }),
    resuming({ ...AT, epoch: '' }),
    resuming(...Array.from({ length: ANCESTRY_MAX + 1 }, () => AT)),
    { ...HELLO, invite: '' },
    { ...HELLO, invite: LONG },
    { ...HELLO, passphrase: LONG },
    { ...HELLO, key: 'x'.repeat(65) },
    { ...HELLO, proof: LONG },
    { type: 'passphrase', finish: 'f' },
    { type: 'passphrase', finish: LONG, proof: 'p' },
    { type: 'bans' },
    { type: 'who', id: 'a b' },
    { type: 'rename', id: 'r' },
    { type: 'typing', conversation: HASH, on: 'yes' },
    { type: 'typing', on: true },
    HISTORY,
    { ...HISTORY, before: 1, after: 1 },
    { ...HISTORY, before: 1, limit: 0 },
    { ...HISTORY, before: 1, limit: 201 },
    { ...HISTORY, before: 2 ** 53 },
    { ...HISTORY, before: 1, conversation: undefined },
  ),
)('F7, F8: a hub does not read %s', ([, message]) => {
  expect(parseClientMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
});

const HEADLESS = { seq: 1, at: 1, name: 'Ann', kind: 'message/text', person: 'ann', written: 1 };
/** As it follows one under the same epoch and policy. */
const BARE = { ...HEADLESS, signature: SIGNATURE, salt: HASH, body: '{}' };
const BODILESS = { ...HEADLESS, signature: SIGNATURE, epoch: HASH, policy: '' };
const ITEM = { ...BARE, epoch: HASH, policy: '' };
const news = (...items: readonly unknown[]) => ({
  type: 'entries',
  conversation: HASH,
  after: 0,
  entries: items,
});

test.for([
  ['nothing', []],
  ['one', [ITEM]],
  ['what is under the same epoch and policy', [ITEM, { ...BARE, seq: 2 }]],
  ['a hole', [ITEM, { ...BARE, seq: 9 }]],
  ['what is redacted', [{ ...BODILESS, redacted: HASH }]],
  ['what is withheld', [{ ...BODILESS, withheld: HASH }]],
  ['what was first in another log', [{ ...ITEM, origin: AT }]],
] as const)('L1: a client reads entries with %s', ([, items]) => {
  expect(parseHubMessage(JSON.stringify(news(...items)))).toMatchObject({ ok: true });
});

test('L1: an epoch and a policy link hold until others are named', () => {
  const other = 'o'.repeat(43);
  const frame = news(
    ITEM,
    { ...BARE, seq: 2 },
    { ...BARE, seq: 3, policy: other },
    { ...BARE, seq: 4, epoch: other },
    { ...BARE, seq: 5, policy: '' },
  );
  const parsed = parseHubMessage(JSON.stringify(frame));
  if (!parsed.ok || parsed.message.type !== 'entries') throw new Error('these are entries');
  const { entries: read } = parsed.message;
  expect(read.map(({ epoch: in_, policy }) => [in_, policy])).toEqual([
    [HASH, ''],
    [HASH, ''],
    [HASH, other],
    [other, other],
    [other, ''],
  ]);
  // Nothing is said that was said before.
  const { entries: again }: { entries: object[] } = JSON.parse(encodeHubMessage(parsed.message));
  expect(again).toEqual(frame.entries);
});

const ROOM = {
  id: HASH,
  founder: 'f',
  nonce: 'n',
  name: 'Lab',
  access: 'open',
  locked: false,
  slowSeconds: 0,
  idleMinutes: null,
  remembersDays: null,
};
const END = { seq: 0, link: '', epoch: '' };
const STATE = {
  conversation: HASH,
  common: null,
  floor: END,
  last: END,
  after: END,
  entries: [],
  head: null,
};
const RECORD = {
  room: HASH,
  number: 1,
  writer: 'f',
  parent: '',
  places: [],
  signature: SIGNATURE,
};
const WELCOME = {
  type: 'welcome',
  version: 2,
  you: 'ann',
  room: ROOM,
  epoch: RECORD,
  logs: [STATE],
  roster: [],
};
const HEAD = {
  type: 'head',
  conversation: HASH,
  epoch: HASH,
  seq: 1,
  link: HASH,
  signature: SIGNATURE,
};
const PAGE = { type: 'page', id: 'p', conversation: HASH, after: END, entries: [], more: false };
const FLOOR = { type: 'floor', conversation: HASH, floor: END };

test.for([WELCOME, HEAD, PAGE, FLOOR, { type: 'room', room: ROOM }])(
  'a client reads %j',
  (message) => {
    expect(parseHubMessage(JSON.stringify(message))).toEqual({ ok: true, message });
  },
);

test.for(
  named(
    ...[
      [{ ...BARE, policy: '' }],
      [{ ...BARE, epoch: HASH }],
      [{ ...ITEM, seq: 0 }],
      [{ ...ITEM, seq: 1.5 }],
      [ITEM, { ...BARE, seq: 1 }],
      [
        { ...ITEM, seq: 2 },
        { ...BARE, seq: 1 },
      ],
      [{ ...ITEM, epoch: '' }],
      [{ ...ITEM, epoch: 'x' }],
      [{ ...ITEM, policy: 'x' }],
      [{ ...ITEM, at: '1' }],
      // No calendar has it.
      [{ ...ITEM, at: LATEST_TIME + 1 }],
      [{ ...ITEM, at: 1e300 }],
      [{ ...ITEM, at: -1 }],
      [{ ...ITEM, origin: null }],
      [{ ...ITEM, origin: { epoch: HASH } }],
      [{ ...ITEM, name: undefined }],
      [{ ...ITEM, name: 'x'.repeat(64 * 1024 + 1) }],
      [{ ...ITEM, person: 'a\nb' }],
      [{ ...ITEM, device: 'x'.repeat(65) }],
      [{ ...ITEM, written: '1' }],
      [{ ...ITEM, signature: 's' }],
      [{ ...ITEM, kind: 'whispered' }],
      [{ ...ITEM, salt: 'x' }],
      [{ ...ITEM, body: 'x'.repeat(BODY_MAX + 1) }],
      [{ ...ITEM, refs: [['to']] }],
      [{ ...ITEM, salt: undefined }],
      [BODILESS],
      [{ ...BODILESS, body: '{}' }],
      [{ ...BODILESS, redacted: 'x' }],
      [{ ...BODILESS, withheld: '' }],
      [null],
    ].flatMap((items) => [
      news(...items),
      { ...PAGE, entries: items },
      { ...WELCOME, logs: [{ ...STATE, entries: items }] },
    ]),
    { ...news(), after: -1 },
    { ...news(), conversation: 'x' },
    { ...news(), entries: {} },
    { ...PAGE, after: undefined },
    { ...PAGE, after: { ...END, seq: -1 } },
    { ...PAGE, after: { ...END, link: 'x' } },
    { ...PAGE, after: { ...END, epoch: 'x' } },
    { ...PAGE, more: 1 },
    { ...FLOOR, floor: 3 },
    { ...FLOOR, conversation: undefined },
    { ...HEAD, epoch: '' },
    { ...HEAD, link: '' },
    { ...HEAD, seq: -1 },
    { ...HEAD, signature: '' },
    { ...HEAD, conversation: 'x' },
    { type: 'confirmed' },
    { type: 'confirmed', id: 'a b' },
    { ...WELCOME, room: { ...ROOM, id: 'x' } },
    { ...WELCOME, room: { ...ROOM, founder: '' } },
    { ...WELCOME, room: { ...ROOM, nonce: 'a b' } },
    { ...WELCOME, room: { ...ROOM, locked: 'closed' } },
    { ...WELCOME, room: { ...ROOM, slowSeconds: -1 } },
    { ...WELCOME, room: { ...ROOM, idleMinutes: 1.5 } },
    { ...WELCOME, epoch: { ...RECORD, number: 0 } },
    { ...WELCOME, epoch: { ...RECORD, parent: 'x' } },
    { ...WELCOME, epoch: { ...RECORD, room: '' } },
    { ...WELCOME, epoch: { ...RECORD, signature: '' } },
    { ...WELCOME, epoch: { ...RECORD, places: [{ conversation: HASH, seq: -1, link: '' }] } },
    { ...WELCOME, epoch: undefined },
    { ...WELCOME, logs: [{ ...STATE, common: undefined }] },
    { ...WELCOME, logs: [{ ...STATE, common: { epoch: '', seq: 1 } }] },
    { ...WELCOME, logs: [{ ...STATE, head: { ...HEAD, signature: '' } }] },
    { ...WELCOME, logs: undefined },
    { ...WELCOME, you: '' },
    { ...WELCOME, proof: LONG },
    { type: 'typing', id: 'x', on: true },
    { type: 'challenge' },
    { type: 'challenge', nonce: LONG },
    { type: 'passphrase', room: 'r', response: LONG },
    { type: 'passphrase', room: 'x'.repeat(65), response: 'x' },
    { type: 'bans', id: 'b', bans: [{ id: 'x' }] },
    { type: 'bans', id: 'b', bans: [{ id: 'x', name: 'X', by: 'Y', at: 1e300 }] },
    { type: 'roster', id: 'r', roster: [['x', 'X', 1e300]] },
    { type: 'refused', code: 'because' },
    { type: 'refused', code: 7, sentence: 'No.' },
    { type: 'refused', code: 'slow-mode', seconds: -1, sentence: 'No.' },
    {
      type: 'presence',
      changes: [{ change: 'standing', id: 'x', role: 'member', muted: 'no', count: 1 }],
    },
  ),
)('F7, F8: a client does not read %s', ([, message]) => {
  expect(parseHubMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
});

describe('H2: another version is told as such, whatever else it holds', () => {
  const odd = [{}, { id: 'r1' }, { name: 7, resume: 'all', room: null, logs: 1, epoch: [] }];

  test.for([1, 3, 2 ** 53 - 1])('%d', (spoken) => {
    for (const rest of odd) {
      const hello = JSON.stringify({ type: 'hello', version: spoken, ...rest });
      const welcome = JSON.stringify({ type: 'welcome', version: spoken, ...rest });
      const code = 'version-unsupported';
      expect(parseClientMessage(hello)).toMatchObject({ ok: false, code });
      expect(parseHubMessage(welcome)).toMatchObject({ ok: false, code });
    }
    const sound = { ...HELLO, version: spoken };
    expect(parseClientMessage(JSON.stringify(sound))).toMatchObject({
      code: 'version-unsupported',
    });
    const other = JSON.stringify({ ...WELCOME, version: spoken });
    expect(parseHubMessage(other)).toMatchObject({ code: 'version-unsupported' });
  });

  test.for([0, -1, 1.5, '3', null, [3], 2 ** 53])('%j is no version', (spoken) => {
    const hello = JSON.stringify({ type: 'hello', version: spoken });
    expect(parseClientMessage(hello)).toMatchObject({ code: 'bad-message' });
  });

  test('in no other message', () => {
    const who = JSON.stringify({ type: 'who', version: 3 });
    expect(parseClientMessage(who)).toMatchObject({ code: 'bad-message' });
    const roomOf = JSON.stringify({ type: 'room', version: 3 });
    expect(parseHubMessage(roomOf)).toMatchObject({ code: 'bad-message' });
  });

  test('this one with other things in it is no message', () => {
    const hello = JSON.stringify({ ...HELLO, name: 7 });
    expect(parseClientMessage(hello)).toMatchObject({ code: 'bad-message' });
  });
});

test.each(REFUSAL_CODES)('R1: on the wire %s has a sentence that says what to do', (code) => {
  const { sentence } = JSON.parse(encodeHubMessage({ ...refusal(code, 'a'), seconds: 3 }));
  expect(sentence).toMatch(/^[A-Z].{15,}\.$/);
  const parsed = parseHubMessage(JSON.stringify({ type: 'refused', code, sentence: 'No.' }));
  expect(parsed).toEqual({ ok: true, message: { type: 'refused', code } });
});

test.each([
  ['as it is', 'Come back on Monday.', 'Come back on Monday.'],
  ['as one line, without what a terminal obeys', ' a\u001b[2J\n\u202eb\u0000 ', 'a [2J b'],
  ['cut where it is long', 'x'.repeat(60_000), 'x'.repeat(300)],
  ['also when it says nothing', '', ''],
] as const)('R1: of a code that is not known the sentence is kept, %s', (_how, words, sentence) => {
  for (const code of ['from-the-future', 'toString', '', 'unknown-refusal']) {
    const frame = JSON.stringify({ type: 'refused', id: 'a', code, seconds: 2, sentence: words });
    const message = { type: 'refused', id: 'a', seconds: 2, code: 'unknown-refusal' };
    expect(parseHubMessage(frame)).toEqual({
      ok: true,
      message: { ...message, details: { sentence } },
    });
  }
});

test('C1: close codes are ours and each names one reason', () => {
  const all = Object.entries(CLOSE_REASONS);
  for (const [name, { code }] of all) {
    expect(code).toBeGreaterThanOrEqual(4000);
    expect(code).toBeLessThan(5000);
    expect(closeNameOf(code)).toBe(name);
  }
  expect(new Set(all.map(([, { code }]) => code)).size).toBe(all.length);
  expect([1000, 1006, 4999].map(closeNameOf)).toEqual([null, null, null]);
});

describe('F6: what a newer hub says voids no frame', () => {
  test('a change that is not known is passed over, another role or reason is the plainest', () => {
    const changes = [
      { change: 'waves', id: 'x', count: 1 },
      { change: 'standing', id: 'x', role: 'king', muted: false, count: 1 },
      { change: 'left', id: 'x', name: 'X', reason: 'abducted', count: 0 },
    ];
    expect(parseHubMessage(JSON.stringify({ type: 'presence', changes }))).toEqual({
      ok: true,
      message: {
        type: 'presence',
        changes: [
          { change: 'standing', id: 'x', role: 'member', muted: false, count: 1 },
          { change: 'left', id: 'x', name: 'X', reason: 'left', count: 0 },
        ],
      },
    });
  });

  test('a room of another access is at least not open', () => {
    const frame = { type: 'room', room: { ...ROOM, access: 'by-the-moon' } };
    expect(parseHubMessage(JSON.stringify(frame))).toMatchObject({
      ok: true,
      message: { room: { access: 'invite' } },
    });
  });
});
