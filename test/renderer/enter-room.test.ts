/** What a window does with each answer of a room one wants to go into. */
import { expect, test } from 'vitest';
import type { PlainCode } from '../../main/model/error-codes.ts';
import type { Bridge, CallName } from '../../preload/contract.ts';
import { initialState } from '../../renderer/state.ts';
import { createStore } from '../../renderer/store.ts';
import { en } from '../../renderer/strings/en.ts';
import { createTimes } from '../../renderer/times.ts';
import type { Context } from '../../renderer/views/context.ts';
import { enterByClick, enterRoom } from '../../renderer/views/enter-room.ts';
import { roomView, snapshot } from './rooms.ts';

const NEARBY = {
  id: 'id-q',
  name: 'Lab',
  members: null,
  access: 'passphrase',
  locked: false,
  version: 'same',
  addresses: [],
} as const;

const changed = {
  status: { state: 'ended', reason: 'host-key-changed' },
  otherHostKey: 'e',
} as const;

/** A window with a room nearby and one of the past, whose calls all get the same answer. */
function windowAnswering(answer: PlainCode | { readonly key: string }, past = {}) {
  const store = createStore(initialState(null));
  store.dispatch(snapshot({ nearby: [NEARBY], rooms: [roomView('r', past)] }));
  const calls: (readonly [name: CallName, args: object])[] = [];
  const call: Bridge['call'] = async (name, args) => {
    calls.push([name, args]);
    if (typeof answer === 'string') return { ok: false, code: answer };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each call here resolves to it.
    return { ok: true, value: answer } as never;
  };
  const context: Context = {
    store,
    bridge: { call, subscribe: () => () => undefined },
    words: en,
    times: createTimes(en, () => 0),
    ownNotifications: true,
    ask: async () => null,
  };
  return { store, context, calls };
}

const nearby = { by: 'nearby', id: 'id-q' } as const;
const typed = { by: 'address', address: 'lab' } as const;
const past = { by: 'room', key: 'r' } as const;

test('an open room is one click: nothing is asked before', async () => {
  const { store, context, calls } = windowAnswering({ key: 'r' });
  expect(await enterRoom(context, nearby)).toBeNull();
  expect(calls).toEqual([['joinNearby', { id: 'id-q' }]]);
  expect(store.state).toMatchObject({ shown: 'r', dialog: null });
});

test.each([nearby, typed, past])('a passphrase is asked for, behind %o', async (wayIn) => {
  const { store, context } = windowAnswering('passphrase-needed');
  expect(await enterRoom(context, wayIn)).toBeNull();
  expect(store.state.dialog).toEqual({ kind: 'passphrase', wayIn });
  expect(store.state.troubles).toEqual([]);
});

test('a passphrase goes along whichever way one comes in', async () => {
  const { context, calls } = windowAnswering('passphrase-wrong');
  for (const wayIn of [nearby, typed, past]) {
    expect(await enterRoom(context, wayIn, 'open sesame')).toMatchObject({
      code: 'passphrase-wrong',
    });
  }
  expect(calls).toEqual([
    ['joinNearby', { id: 'id-q', passphrase: 'open sesame' }],
    ['joinAddress', { address: 'lab', passphrase: 'open sesame' }],
    ['rejoin', { key: 'r', passphrase: 'open sesame' }],
  ]);
});

test('a room for the invited asks for an invitation by its name', async () => {
  const { store, context } = windowAnswering('invite-needed');
  await enterByClick(context, nearby);
  expect(store.state.dialog).toEqual({ kind: 'join', address: '', room: 'Lab' });
  expect(await enterRoom(context, typed), 'where one can paste it already').toMatchObject({
    code: 'invite-needed',
  });
});

test('a room whose host has another key is shown, for its view says what that means', async () => {
  for (const wayIn of [past, typed, { by: 'nearby', id: 'id-r' } as const]) {
    const { store, context } = windowAnswering('host-key-changed', changed);
    await enterByClick(context, wayIn);
    expect(store.state.shown).toBe('r');
    expect(store.state.troubles).toEqual([]);
  }
});

test('any other refusal of a click is told above everything', async () => {
  const { store, context } = windowAnswering('room-locked');
  await enterByClick(context, nearby);
  expect(store.state.troubles).toEqual([{ code: 'room-locked' }]);
  expect(store.state.dialog).toBeNull();
});
