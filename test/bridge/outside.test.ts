import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EN_SENTENCES } from '../../main/model/sentences-en.ts';
import { sentenceOf } from '../../main/model/sentence.ts';
import type { Bridge } from '../../preload/contract.ts';
import { createOutsideBridge } from '../../main/bridge/outside.ts';
import { Device } from '../support/device.ts';

const CALLS = [
  'setName',
  'changeSettings',
  'host',
  'joinNearby',
  'joinAddress',
  'leave',
  'forget',
  'rejoin',
  'retryNow',
  'say',
  'retry',
  'cancel',
  'rename',
  'typing',
  'markRead',
  'entriesBefore',
  'act',
  'bans',
  'setAccess',
  'createInvite',
  'invites',
  'revokeInvite',
  'fingerprint',
  'qrCode',
  'setIdleMinutes',
  'setRemembers',
  'attend',
];

/** A bridge behind the outside one that notes what gets through. */
function bridgeWithNotes() {
  const calls: unknown[] = [];
  const bridge: Bridge = {
    async call(name, args) {
      calls.push([name, args]);
      return { ok: false, code: 'not-here' };
    },
    subscribe: () => () => undefined,
  };
  return { outside: createOutsideBridge(bridge), calls };
}

test.for([
  ['markRead', { key: 'k', seq: 3.25 }],
  ['entriesBefore', { key: 'k', seq: 3.25, limit: 10 }],
] as const)('a place between two messages, where an act stands, is one: %j', async (call) => {
  const { outside, calls } = bridgeWithNotes();
  const [name, args] = call;
  await outside.call(name, args);
  expect(calls).toEqual([call]);
});

test.for(['nothing', '__proto__', 'toString', '', 7, null, ['say'], { name: 'say' }])(
  'the unknown call %j is refused',
  async (name) => {
    const { outside, calls } = bridgeWithNotes();
    expect(await outside.call(name, {})).toMatchObject({ ok: false, code: 'unknown-call' });
    expect(calls).toEqual([]);
  },
);

test.for([
  ['say', undefined],
  ['say', { key: 'k' }],
  ['say', { key: 'k', text: 7 }],
  ['say', { key: 'k'.repeat(65), text: 'hi' }],
  ['say', { key: 'k', text: 'x'.repeat(100_000) }],
  ['host', { room: 'Lab', port: 0 }],
  ['host', { room: 'Lab', port: 65_536 }],
  ['host', { room: 'Lab', port: '47100' }],
  ['changeSettings', { theme: 'pink' }],
  ['host', { room: 'Lab', access: 'closed' }],
  ['host', { room: 'Lab', access: 'passphrase', passphrase: 'x'.repeat(5_000) }],
  ['joinNearby', { id: 'k', passphrase: null }],
  ['act', { key: 'k', act: 'access', on: 'open' }],
  ['act', { key: 'k', act: 'ban', on: 'x'.repeat(65) }],
  ['createInvite', { key: 'k', lifetime: 'year', maxUses: null }],
  ['createInvite', { key: 'k', lifetime: 'day', maxUses: 0 }],
  ['qrCode', { text: 'x'.repeat(5_000) }],
  ['entriesBefore', { key: 'k', seq: 1, limit: 1e9 }],
  ['entriesBefore', { key: 'k', seq: -1, limit: 10 }],
  ['setIdleMinutes', { key: 'k', minutes: 1.5 }],
  ['attend', { visible: 'yes', key: null }],
] as const)('%s with %j is refused', async ([name, args]) => {
  const { outside, calls } = bridgeWithNotes();
  expect(await outside.call(name, args)).toMatchObject({ ok: false, code: 'bad-arguments' });
  expect(calls).toEqual([]);
});

test('what nobody asked for does not get through', async () => {
  const { outside, calls } = bridgeWithNotes();
  await outside.call('say', { key: 'k', text: 'hi', __proto__: { admin: true }, more: [1] });
  expect(calls).toEqual([['say', { key: 'k', text: 'hi' }]]);
});

/** A bridge whose calls are answered as the test says. */
function bridgeAnswering(answer: () => Promise<void>): Bridge {
  return {
    async call() {
      await answer();
      return { ok: false, code: 'not-here' };
    },
    subscribe: () => () => undefined,
  };
}

test('no more than 64 calls of a page wait for an answer, whoever else asks', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const pages = createOutsideBridge(bridgeAnswering(() => answered));
  const page = pages.forPage();
  const waiting = Array.from({ length: 64 }, () => page.call('leave', { key: 'k' }));
  expect(await page.call('leave', { key: 'k' })).toMatchObject({ code: 'too-many-calls' });
  const another = pages.forPage().call('leave', { key: 'k' });
  answer();
  for (const reply of await Promise.all([...waiting, another])) {
    expect(reply).toMatchObject({ code: 'not-here' });
  }
  expect(await page.call('leave', { key: 'k' })).toMatchObject({ code: 'not-here' });
});

test('a page that asks too much is told of once', async () => {
  let told = 0;
  const bridge = bridgeAnswering(() => Promise.resolve());
  const page = createOutsideBridge(bridge, () => (told += 1)).forPage();
  await Promise.all(Array.from({ length: 64 }, () => page.call('leave', { key: 'k' })));
  expect(told).toBe(0);
  await Promise.all(Array.from({ length: 100 }, () => page.call('leave', { key: 'k' })));
  expect(told).toBe(1);
});

test('a call that fails does not count as waiting', async () => {
  const failing = bridgeAnswering(() => Promise.reject(new Error('broken')));
  const page = createOutsideBridge(failing).forPage();
  for (let call = 0; call < 100; call += 1) {
    await expect(page.call('leave', { key: 'k' })).rejects.toThrow('broken');
  }
});

/** Arguments that are often nearly right. */
const args = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      key: fc.oneof(fc.uuid(), fc.jsonValue()),
      text: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      name: fc.string({ unit: 'binary' }),
      id: fc.string(),
      room: fc.oneof(fc.constantFrom('', '\u200b', 'x'.repeat(5_000)), fc.nat()),
      address: fc.constantFrom('', ':', 'not an address', 'http://x', '1.2.3', '[::'),
      port: fc.oneof(fc.constantFrom(0, -1, 65_536, 1.5), fc.jsonValue()),
      on: fc.oneof(fc.boolean(), fc.nat()),
      seq: fc.oneof(fc.nat(), fc.double()),
      limit: fc.oneof(fc.nat(), fc.double()),
      minutes: fc.option(fc.double()),
      visible: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test('whatever is called with whatever, an answer comes and nothing breaks', async () => {
  const device = new Device('Ann');
  const key = await device.rooms.host({ room: 'Lab 3' });
  const property = fc.asyncProperty(fc.constantFrom(...CALLS), args, async (name, given) => {
    // The room itself is among the keys, so that calls get all the way through.
    const aimed = isRecord(given) ? { ...given, key } : given;
    for (const each of [given, name === 'leave' || name === 'forget' ? given : aimed]) {
      const reply = await device.bridge.call(name, each);
      if (!reply.ok) expect(sentenceOf(EN_SENTENCES, reply)).toMatch(/^[A-Z].+\.$/);
    }
  });
  await fc.assert(property, { numRuns: 400 });
  expect(device.view(key).status.state).toBe('here');
});

test('a QR code is drawn of whatever is let through, and of no more than it can hold', async () => {
  const { bridge } = new Device('Ann');
  for (const text of ['', 'x'.repeat(1024), '房'.repeat(341), '\ud800', '😀'.repeat(256)]) {
    expect(await bridge.call('qrCode', { text }), text).toMatchObject({ ok: true });
  }
  for (const text of ['x'.repeat(1025), '房'.repeat(1024)]) {
    expect(await bridge.call('qrCode', { text })).toMatchObject({ code: 'bad-arguments' });
  }
});
