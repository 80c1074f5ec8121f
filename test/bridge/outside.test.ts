import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bridge } from '../../preload/contract.ts';
import { boundCalls, createOutsideBridge } from '../../main/bridge/outside.ts';
import { Device } from '../support/device.ts';

const CALLS = [
  'setName',
  'changeSettings',
  'host',
  'joinNearby',
  'joinAddress',
  'leave',
  'rejoin',
  'retryNow',
  'say',
  'retry',
  'cancel',
  'rename',
  'typing',
  'markRead',
  'entriesBefore',
  'setIdleMinutes',
  'attend',
];

/** A bridge behind the outside one that notes what gets through. */
function bridgeWithNotes() {
  const calls: unknown[] = [];
  const bridge: Bridge = {
    async call(name, args) {
      calls.push([name, args]);
      return { ok: false, code: 'reached', sentence: 'It got through.' };
    },
    subscribe: () => () => undefined,
  };
  return { outside: createOutsideBridge(bridge), calls };
}

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

test('no more than 64 calls wait for an answer, whoever else asks', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const { outside } = bridgeWithNotes();
  const slow = {
    ...outside,
    call: async (name: unknown, given: unknown) => {
      await answered;
      return outside.call(name, given);
    },
  };
  const page = boundCalls(slow);
  const waiting = Array.from({ length: 64 }, () => page.call('leave', { key: 'k' }));
  expect(await page.call('leave', { key: 'k' })).toMatchObject({ code: 'too-many-calls' });
  const another = boundCalls(slow).call('leave', { key: 'k' });
  answer();
  for (const reply of await Promise.all([...waiting, another])) {
    expect(reply).toMatchObject({ code: 'reached' });
  }
  expect(await page.call('leave', { key: 'k' })).toMatchObject({ code: 'reached' });
});

test('a call that fails waits for no answer any more', async () => {
  const { outside } = bridgeWithNotes();
  const page = boundCalls({ ...outside, call: () => Promise.reject(new Error('broken')) });
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
  const key = await device.rooms.host('Lab 3', null);
  const property = fc.asyncProperty(fc.constantFrom(...CALLS), args, async (name, given) => {
    // The room itself is among the keys, so that calls get all the way through.
    const aimed = isRecord(given) ? { ...given, key } : given;
    for (const each of [given, name === 'leave' || name === 'forget' ? given : aimed]) {
      const reply = await device.bridge.call(name, each);
      if (!reply.ok) expect(reply.sentence).toMatch(/^[A-Z].+\.$/);
    }
  });
  await fc.assert(property, { numRuns: 400 });
  expect(device.view(key).status.state).toBe('here');
});
