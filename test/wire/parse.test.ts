import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOSE_REASONS, closeNameOf } from '../../main/protocol/close-codes.ts';
import type { ClientMessage, HubMessage } from '../../main/protocol/messages.ts';
import { REFUSAL_CODES } from '../../main/model/error-codes.ts';
import { ACT_NAMES } from '../../main/model/act-names.ts';
import { encodeHubMessage } from '../../main/protocol/encode.ts';
import { parseClientMessage, parseHubMessage } from '../../main/protocol/parse.ts';
import type { Parsed } from '../../main/protocol/parse.ts';
import { refusal } from '../../main/protocol/refusals.ts';

const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const id = fc.string({ unit: visible, minLength: 1, maxLength: 64 });
const on = fc.string({ unit: visible, maxLength: 64 });
const token = fc.string({ minLength: 1, maxLength: 1024 });
const seq = fc.nat();
const text = fc.string({ unit: 'binary', maxLength: 300 });
const time = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 });
const role = fc.constantFrom('host' as const, 'moderator', 'member');
const act = fc.constantFrom(...ACT_NAMES);
const member = fc.record({
  id,
  name: text,
  role,
  away: fc.boolean(),
  muted: fc.boolean(),
  since: seq,
});
const entryHead = {
  seq: fc.integer({ min: 1 }),
  at: time,
  id,
  from: id,
  name: text,
  written: seq,
  signature: fc.string({ maxLength: 1024 }),
};
const saidEntry = { kind: fc.constant('said' as const), ...entryHead, text };
const entry = fc.oneof(
  fc.record(saidEntry),
  fc.record({ ...saidEntry, struck: fc.constant(true as const) }),
  fc.record({ kind: fc.constant('act' as const), ...entryHead, act, on, onName: text }),
);
const room = fc.record({
  id,
  name: text,
  access: fc.constantFrom('open' as const, 'passphrase', 'invite'),
  locked: fc.boolean(),
  slowSeconds: seq,
  idleMinutes: fc.option(fc.integer({ min: 1, max: 1440 })),
  remembersDays: fc.option(seq, { nil: null }),
});
const limit = fc.integer({ min: 1, max: 200 });
const version = fc.integer({ min: 1 });

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record(
    {
      type: fc.constant('hello' as const),
      version,
      name: text,
      resume: fc.record({ epoch: id, seq }),
      invite: token,
      passphrase: token,
      key: id,
      proof: token,
    },
    { requiredKeys: ['type', 'version', 'name'] },
  ),
  fc.record({ type: fc.constant('passphrase' as const), finish: token, proof: token }),
  fc.record(
    {
      type: fc.constant('say' as const),
      id,
      again: fc.constant(true as const),
      text,
      written: seq,
      signature: token,
    },
    { requiredKeys: ['type', 'id', 'text', 'written', 'signature'] },
  ),
  fc.record({
    type: fc.constant('act' as const),
    id,
    act,
    on,
    written: seq,
    signature: token,
  }),
  fc.record({ type: fc.constant('bans' as const), id }),
  fc.record({ type: fc.constant('rename' as const), id, name: text }),
  fc.record({ type: fc.constant('typing' as const), on: fc.boolean() }),
  fc.record({ type: fc.constant('who' as const), id }),
  fc.record({ type: fc.constant('history' as const), id, before: seq, limit }),
  fc.record({ type: fc.constant('history' as const), id, after: seq, limit }),
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
      roster: fc.array(member, { maxLength: 5 }),
      log: fc.record({ epoch: id, seq, first: seq }),
      entries: fc.array(entry, { maxLength: 5 }),
      resumed: fc.boolean(),
    },
    {
      requiredKeys: ['type', 'version', 'you', 'room', 'roster', 'log', 'entries', 'resumed'],
    },
  ),
  fc.record({ type: fc.constant('challenge' as const), nonce: token }),
  fc.record({ type: fc.constant('passphrase' as const), room: id, response: token }),
  fc.record({
    type: fc.constant('bans' as const),
    id,
    bans: fc.array(fc.record({ id, name: text, by: text, at: time })),
  }),
  fc.record({ type: fc.constant('entry' as const), entry }),
  fc.record({ type: fc.constant('presence' as const), changes: fc.array(change) }),
  fc.record({ type: fc.constant('typing' as const), id, on: fc.boolean() }),
  fc.record({ type: fc.constant('room' as const), room }),
  fc.record({ type: fc.constant('cleared' as const), log: fc.record({ epoch: id, seq }) }),
  fc.record({ type: fc.constant('roster' as const), id, roster: fc.array(member) }),
  fc.record({
    type: fc.constant('page' as const),
    id,
    entries: fc.array(entry, { maxLength: 5 }),
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
  clientMessage,
  hubMessage.map((message): object => JSON.parse(encodeHubMessage(message))),
);

/** Anything JSON can say, and often something that nearly is a message. */
const nearlyMessage = fc.oneof(
  fc.json(),
  fc
    .tuple(encoded, fc.string(), fc.jsonValue())
    .map(([message, key, value]) => JSON.stringify({ ...message, [key]: value })),
  fc.tuple(encoded, fc.jsonValue(), fc.nat()).map(([message, value, position]) => {
    const keys = Object.keys(message);
    const key = keys[position % keys.length] ?? 'type';
    return JSON.stringify({ ...message, [key]: value });
  }),
);

const said = (parsed: Parsed<ClientMessage>) => (parsed.ok ? JSON.stringify(parsed.message) : '');
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
    const deep = '{"type":"say","id":"x","text":'.repeat(2_000);
    expect(parse(deep).ok).toBe(false);
    expect(
      parse(`{"type":"who","id":"x","extra":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
    ).toBeDefined();
  });
});

test('F6: everything a client can say survives the way, without unknown fields', () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      const frame = JSON.stringify({ ...message, later: { a: [1] } });
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
  ['ann', 'Ann', 1, { role: 'king' }],
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

const SAY = { type: 'say', id: 'x', text: 'hi', written: 1, signature: 's' };
const ACT = { type: 'act', id: 'x', act: 'ban', on: 'bo', written: 1, signature: 's' };
const HELLO = { type: 'hello', version: 1, name: 'A' };
const LONG = 'x'.repeat(1025);

test.for([SAY, { ...SAY, again: true }, ACT, { ...ACT, on: '' }, HELLO])(
  '%j is fine',
  (message) => {
    expect(parseClientMessage(JSON.stringify(message))).toEqual({ ok: true, message });
  },
);

test.for([
  { ...SAY, id: '' },
  { ...SAY, id: 'x'.repeat(65) },
  { ...SAY, id: 1 },
  // They stand in what is signed, one a line.
  { ...SAY, id: 'a\nb' },
  { ...SAY, id: 'a b' },
  { ...SAY, id: 'é' },
  { ...SAY, again: false },
  { ...SAY, text: undefined },
  { ...SAY, written: -1 },
  { ...SAY, written: 1.5 },
  { ...SAY, written: 2 ** 53 },
  { ...SAY, signature: '' },
  { ...SAY, signature: LONG },
  { ...SAY, signature: undefined },
  { ...ACT, act: 'shout' },
  { ...ACT, act: 'toString' },
  { ...ACT, on: 'x'.repeat(65) },
  { ...ACT, on: 'a\nb' },
  { ...ACT, on: 5 },
  { ...ACT, signature: undefined },
  { ...HELLO, version: 1.5 },
  { ...HELLO, resume: { epoch: 'e', seq: -1 } },
  { ...HELLO, resume: null },
  { ...HELLO, invite: '' },
  { ...HELLO, invite: LONG },
  { ...HELLO, passphrase: LONG },
  { ...HELLO, key: 'x'.repeat(65) },
  { ...HELLO, proof: LONG },
  { type: 'passphrase', finish: 'f' },
  { type: 'passphrase', finish: LONG, proof: 'p' },
  { type: 'bans' },
  { type: 'typing', on: 'yes' },
  { type: 'history', id: 'h', limit: 10 },
  { type: 'history', id: 'h', before: 1, after: 1, limit: 10 },
  { type: 'history', id: 'h', before: 1, limit: 0 },
  { type: 'history', id: 'h', before: 1, limit: 201 },
  { type: 'history', id: 'h', before: 2 ** 53, limit: 1 },
])('F7, F8: a hub does not read %j', (message) => {
  expect(parseClientMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
});

const SAID = {
  kind: 'said',
  seq: 1,
  at: 1,
  id: 'x',
  from: 'bo',
  name: 'Bo',
  written: 1,
  signature: 's',
  text: 'hi',
};
const DONE = { ...SAID, text: undefined, kind: 'act', act: 'ban', on: 'cem', onName: 'Cem' };

test.for([
  ...[
    { ...SAID, seq: 0 },
    { ...SAID, from: 'a\nb' },
    { ...SAID, from: 'x'.repeat(65) },
    { ...SAID, written: '1' },
    { ...SAID, signature: LONG },
    { ...SAID, struck: false },
    { ...SAID, kind: 'whispered' },
    { ...DONE, act: 'shout' },
    { ...DONE, on: 'x'.repeat(65) },
    { ...DONE, onName: undefined },
  ].map((bent) => ({ type: 'entry', entry: bent })),
  { type: 'challenge' },
  { type: 'challenge', nonce: LONG },
  { type: 'passphrase', room: 'r', response: LONG },
  { type: 'passphrase', room: 'x'.repeat(65), response: 'x' },
  { type: 'bans', id: 'b', bans: [{ id: 'x' }] },
  { type: 'refused', code: 'because' },
  { type: 'refused', code: 7, sentence: 'No.' },
  { type: 'refused', code: 'slow-mode', seconds: -1, sentence: 'No.' },
  {
    type: 'presence',
    changes: [{ change: 'standing', id: 'x', role: 'king', muted: false, count: 1 }],
  },
])('F7, F8: a client does not read %j', (message) => {
  expect(parseHubMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
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
