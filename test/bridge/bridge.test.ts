import { expect, test } from 'vitest';
import { createBridge } from '../../main/bridge/bridge.ts';
import { createCalls } from '../../main/bridge/calls.ts';
import { EventStream } from '../../main/bridge/event-stream.ts';
import { LanyardError } from '../../main/errors.ts';
import { Device } from '../support/device.ts';
import { snapshot } from '../renderer/rooms.ts';

/** A bridge whose settings cannot be changed, for this reason. */
function bridgeFailing(error: unknown) {
  const crashes: unknown[] = [];
  const calls = createCalls({
    rooms: new Device('Ann').rooms,
    async changeSettings() {
      throw error;
    },
    attend: () => undefined,
  });
  const events = new EventStream(() => snapshot({}).snapshot);
  return { bridge: createBridge(calls, events, (crash) => crashes.push(crash)), crashes };
}

test('every call gets its reply, also when something nobody expected came of it', async () => {
  const error = new TypeError('a secret');
  const { bridge, crashes } = bridgeFailing(error);
  const reply = await bridge.call('setName', { name: 'Ann' });
  expect(reply).toMatchObject({ ok: false, code: 'unexpected-error' });
  expect(JSON.stringify(reply)).not.toContain('secret');
  expect(crashes).toEqual([error]);
});

test('what was expected is no crash', async () => {
  const { bridge, crashes } = bridgeFailing(
    new LanyardError({ code: 'data-dir-unwritable', details: { place: '/home/ann' } }),
  );
  expect(await bridge.call('setName', { name: 'Ann' })).toEqual({
    ok: false,
    code: 'data-dir-unwritable',
    details: { place: '/home/ann' },
  });
  expect(crashes).toEqual([]);
});
