import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOSE_REASONS, closeNameOf } from '../../main/protocol/close-codes.ts';
import type { ClientMessage, HubMessage } from '../../main/protocol/messages.ts';
import { parseClientMessage, parseHubMessage } from '../../main/protocol/parse.ts';
import { REFUSALS, refusal } from '../../main/protocol/refusals.ts';

const id = fc.string({ minLength: 1, maxLength: 64 });
const seq = fc.nat();
const text = fc.string({ unit: 'binary', maxLength: 300 });
const member = fc.record({ id, name: text, host: fc.boolean(), away: fc.boolean(), since: seq });
const entry = fc.record({
  kind: fc.constant('said' as const),
  seq: fc.integer({ min: 1 }),
  at: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  id,
  from: id,
  name: text,
  text,
});
const room = fc.record({
  id,
  name: text,
  locked: fc.boolean(),
  idleMinutes: fc.option(fc.integer({ min: 1, max: 1440 })),
  remembersDays: fc.option(seq, { nil: null }),
});
const resume = fc.record({ token: id, epoch: id, seq });
const limit = fc.integer({ min: 1, max: 200 });
const version = fc.integer({ min: 1 });

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record({ type: fc.constant('hello' as const), version, name: text }),
  fc.record({ type: fc.constant('hello' as const), version, name: text, resume }),
  fc.record({ type: fc.constant('say' as const), id, text }),
  fc.record({ type: fc.constant('rename' as const), id, name: text }),
  fc.record({ type: fc.constant('typing' as const), on: fc.boolean() }),
  fc.record({ type: fc.constant('who' as const), id }),
  fc.record({ type: fc.constant('history' as const), id, before: seq, limit }),
  fc.record({ type: fc.constant('history' as const), id, after: seq, limit }),
  fc.record({ type: fc.constant('leave' as const) }),
);

const change = fc.oneof(
  fc.record({ change: fc.constant('joined' as const), member, count: seq }),
  fc.record({
    change: fc.constant('left' as const),
    id,
    name: text,
    reason: fc.constantFrom('left' as const, 'lost', 'idle', 'removed', 'too-slow'),
    count: seq,
  }),
  fc.record({ change: fc.constant('renamed' as const), id, before: text, name: text, count: seq }),
  fc.record({ change: fc.constant('away' as const), id, away: fc.boolean(), count: seq }),
);

const hubMessage: fc.Arbitrary<HubMessage> = fc.oneof(
  fc.record({
    type: fc.constant('welcome' as const),
    version,
    you: id,
    token: id,
    room,
    roster: fc.array(member, { maxLength: 5 }),
    log: fc.record({ epoch: id, seq, first: seq }),
    entries: fc.array(entry, { maxLength: 5 }),
    resumed: fc.boolean(),
  }),
  fc.record({ type: fc.constant('entry' as const), entry }),
  fc.record({ type: fc.constant('presence' as const), changes: fc.array(change) }),
  fc.record({ type: fc.constant('typing' as const), id, on: fc.boolean() }),
  fc.record({ type: fc.constant('room' as const), room }),
  fc.record({ type: fc.constant('roster' as const), id, roster: fc.array(member) }),
  fc.record({
    type: fc.constant('page' as const),
    id,
    entries: fc.array(entry, { maxLength: 5 }),
    more: fc.boolean(),
  }),
  fc.constantFrom(...codes()).map((code) => refusal(code)),
  fc.tuple(fc.constantFrom(...codes()), id).map(([code, about]) => refusal(code, about)),
);

function codes() {
  return Object.keys(REFUSALS).filter((code): code is keyof typeof REFUSALS => code in REFUSALS);
}

/** Anything JSON can say, and often something that nearly is a message. */
const nearlyMessage = fc.oneof(
  fc.json(),
  fc
    .tuple(fc.oneof(clientMessage, hubMessage), fc.string(), fc.jsonValue())
    .map(([message, key, value]) => JSON.stringify({ ...message, [key]: value })),
  fc
    .tuple(fc.oneof(clientMessage, hubMessage), fc.jsonValue(), fc.nat())
    .map(([message, value, position]) => {
      const keys = Object.keys(message);
      const key = keys[position % keys.length] ?? 'type';
      return JSON.stringify({ ...message, [key]: value });
    }),
);

const parsers = { parseClientMessage, parseHubMessage };

describe.for(Object.entries(parsers))('%s', ([, parse]) => {
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
        expect(parse(JSON.stringify(parsed.message))).toEqual(parsed);
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
      const frame = JSON.stringify({ ...message, later: { a: [1] } });
      expect(parseHubMessage(frame)).toEqual({ ok: true, message });
    }),
  );
});

test.for([
  { type: 'say', id: '', text: 'hi' },
  { type: 'say', id: 'x'.repeat(65), text: 'hi' },
  { type: 'say', id: 1, text: 'hi' },
  { type: 'say', id: 'a' },
  { type: 'hello', version: 1.5, name: 'A' },
  { type: 'hello', version: 1, name: 'A', resume: { token: 't', epoch: 'e', seq: -1 } },
  { type: 'hello', version: 1, name: 'A', resume: null },
  { type: 'typing', on: 'yes' },
  { type: 'history', id: 'h', limit: 10 },
  { type: 'history', id: 'h', before: 1, after: 1, limit: 10 },
  { type: 'history', id: 'h', before: 1, limit: 0 },
  { type: 'history', id: 'h', before: 1, limit: 201 },
  { type: 'history', id: 'h', before: 2 ** 53, limit: 1 },
])('F7: %j is refused', (message) => {
  expect(parseClientMessage(JSON.stringify(message))).toMatchObject({ code: 'bad-message' });
});

test('R1: every refusal has a sentence that says what to do', () => {
  for (const sentence of Object.values(REFUSALS)) expect(sentence).toMatch(/^[A-Z].{15,}\.$/);
});

test('C1: close codes are ours and each names one reason', () => {
  const all = Object.entries(CLOSE_REASONS);
  for (const [name, { code, sentence }] of all) {
    expect(code).toBeGreaterThanOrEqual(4000);
    expect(code).toBeLessThan(5000);
    expect(closeNameOf(code)).toBe(name);
    expect(sentence).toMatch(/^[A-Z].{10,}\.$/);
  }
  expect(new Set(all.map(([, { code }]) => code)).size).toBe(all.length);
  expect([1000, 1006, 4999].map(closeNameOf)).toEqual([null, null, null]);
});
