import { describe, expect, test } from 'vitest';
import { classOf, digestOf, idOf, redacted, signedContent } from '../../main/events/event.ts';
import type { Body, SignedEvent } from '../../main/events/event.ts';
import { isKnownKind, isSound, isWithheldKind } from '../../main/events/kinds.ts';
import { hash } from '../timeline/entries.ts';

const whole = (text: string, salt = 'salt'): Body => ({ state: 'whole', salt, text });
const event: Omit<SignedEvent, 'signature'> = {
  room: 'r',
  conversation: 'c',
  kind: 'message/text',
  person: 'p',
  device: 'd',
  written: 1,
  references: [{ as: 're', id: 'x' }],
  body: whole('{"text":"hi"}'),
};

describe('E1, E3: what is signed', () => {
  test('is a text anybody can make', () => {
    expect(signedContent(event, hash)).toBe(
      `lanyard event 2\nr\nc\nmessage/text\np\nd\n1\nre x\n${hash('lanyard body 2\nsalt\n{"text":"hi"}')}`,
    );
    expect(idOf(event, hash)).toBe(hash(signedContent(event, hash)));
  });

  test('is another one with each thing it names', () => {
    const others: readonly Partial<typeof event>[] = [
      { room: 'o' },
      { conversation: 'o' },
      { kind: 'message/other' },
      { person: 'o' },
      { device: 'o' },
      { written: 2 },
      { references: [] },
      { references: [{ as: 'to', id: 'x' }] },
      { references: [...event.references, { as: 'after', id: 'y' }] },
      { body: whole('{"text":"ho"}') },
      { body: whole('{"text":"hi"}', 'other') },
    ];
    const ids = others.map((other) => idOf({ ...event, ...other }, hash));
    expect(new Set([...ids, idOf(event, hash)]).size).toBe(others.length + 1);
  });

  test('E4: stays the same when the body is taken out', () => {
    const bare = { ...event, body: redacted(event.body, hash) };
    expect(JSON.stringify(bare)).not.toContain('hi');
    expect(signedContent(bare, hash)).toBe(signedContent(event, hash));
    expect(redacted(bare.body, hash)).toEqual(bare.body);
    expect(digestOf({ state: 'withheld', digest: 'd' }, hash)).toBe('d');
  });
});

test('E5: the class is in the name of a kind', () => {
  expect(classOf('message/poll')).toBe('message');
  expect(classOf('relation/vote')).toBe('relation');
  expect(classOf('act/grant')).toBe('act');
  // What a class of tomorrow is, nobody knows today: it is carried, numbered and shown as something said.
  for (const other of ['sealed/text', 'constructor/x', 'messages/text']) {
    expect(classOf(other)).toBe('message');
  }
});

describe('a body is what its kind asks for', () => {
  test.for([
    ['message/text', { text: 'hi' }],
    ['relation/edit', { text: 'hi' }],
    ['relation/redaction', {}],
    ['relation/reaction', { emoji: '👩🏽‍🚀' }],
    ['relation/pin', { pinned: false }],
    ['act/topic', { conversation: 'c', text: '' }],
    ['act/settings', { locked: true, idleMinutes: null }],
    ['act/passphrase', { setup: 's', record: 'r' }],
    ['act/invitation', { hash: 'x'.repeat(43), expiresAt: null, maxUses: 1 }],
    ['act/revocation', {}],
    ['act/moderation', { act: 'ban', person: 'p', name: 'Bo' }],
    ['act/clear', {}],
    ['message/text', { text: 'hi', blobs: [] }],
  ] as const)('%s %j', ([kind, body]) => {
    expect(isKnownKind(kind)).toBe(true);
    expect(isSound(kind, whole(JSON.stringify(body)))).toBe(true);
  });

  test.for([
    ['message/text', { text: ' hi' }],
    ['message/text', { text: '' }],
    ['message/text', { text: 'x'.repeat(4_001) }],
    ['relation/edit', { text: 'a\r\nb' }],
    ['relation/reaction', { emoji: ' ' }],
    ['relation/reaction', { emoji: 'x'.repeat(65) }],
    ['relation/pin', {}],
    ['act/topic', { conversation: 'c', text: 'a\nb' }],
    ['act/settings', {}],
    ['act/settings', { slowSeconds: 3_601 }],
    ['act/settings', { name: ' Lab ' }],
    ['act/settings', { access: 'passphrase' }],
    ['act/invitation', { hash: 'short', expiresAt: null, maxUses: null }],
    ['act/moderation', { act: 'promote', person: 'p', name: '' }],
  ] as const)('not %s %j', ([kind, body]) => {
    expect(isSound(kind, whole(JSON.stringify(body)))).toBe(false);
  });

  test('E5: of an unknown kind it is whatever it is', () => {
    expect(isKnownKind('message/poll')).toBe(false);
    expect(isSound('message/poll', whole('no JSON'))).toBe(true);
    expect(isKnownKind('constructor')).toBe(false);
  });
});

test('E7: secrets are for hosts alone', () => {
  expect(isWithheldKind('act/passphrase')).toBe(true);
  expect(isWithheldKind('act/invitation')).toBe(true);
  expect(isWithheldKind('act/settings')).toBe(false);
});
