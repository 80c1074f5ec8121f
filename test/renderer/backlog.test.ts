import { expect, test } from 'vitest';
import type { CallReply, Calls } from '../../preload/contract.ts';
import { createBacklog } from '../../renderer/backlog.ts';
import { firstSeq } from '../../renderer/room-log.ts';
import { initialState, roomOf } from '../../renderer/state.ts';
import { createStore } from '../../renderer/store.ts';
import { roomView, said, snapshot } from './rooms.ts';

type Page = Calls['entriesBefore']['result'];
type Answer = (before: number, limit: number) => CallReply<'entriesBefore'>;

/** A room whose log goes from 1 to 5,000 and of which the window knows the last 200. */
function longRoom(answer: Answer) {
  const store = createStore(initialState('r'));
  const newest = Array.from({ length: 200 }, (_, index) => said(4_801 + index));
  store.dispatch(snapshot({ rooms: [roomView('r', { entries: newest, hasOlder: true })] }));
  const asked: number[] = [];
  const backlog = createBacklog(store, 'r', (seq, limit) => {
    asked.push(seq);
    return Promise.resolve(answer(seq, limit));
  });
  const known = () => {
    const room = roomOf(store.state, 'r');
    return room === undefined ? NaN : firstSeq(room);
  };
  return { store, asked, known, backlog };
}

function pageBefore(seq: number, limit: number): { readonly ok: true; readonly value: Page } {
  const first = Math.max(1, seq - limit);
  const entries = Array.from({ length: seq - first }, (_, index) => said(first + index));
  return { ok: true, value: { entries, hasOlder: first > 1 } };
}

test('a message far back is reached page by page, and the progress is told', async () => {
  const { store, asked, known, backlog } = longRoom(pageBefore);
  const sought = { key: 'r', seq: 2_000 };
  store.dispatch({ type: 'seek', sought });
  const progress: number[] = [];
  await backlog.reach(sought, (done) => progress.push(done));
  expect(asked).toEqual([4_801, 3_801, 2_801]);
  expect(known()).toBe(1_801);
  expect(progress[0]).toBe(0);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
});

test('once something else is sought it stops', async () => {
  const { store, asked, backlog } = longRoom(pageBefore);
  const sought = { key: 'r', seq: 1 };
  store.dispatch({ type: 'seek', sought });
  await backlog.reach(sought, () => store.dispatch({ type: 'show', key: 'r' }));
  expect(asked).toEqual([4_801]);
});

test('a refusal ends it rather than repeating it', async () => {
  const refused = { ok: false, code: 'slow-down' } as const;
  const { store, asked, known, backlog } = longRoom(() => refused);
  const sought = { key: 'r', seq: 1 };
  store.dispatch({ type: 'seek', sought });
  await backlog.reach(sought, () => undefined);
  expect(asked).toEqual([4_801]);
  expect(known()).toBe(4_801);
});

test('two who ask at once share one page', async () => {
  const { asked, backlog } = longRoom(pageBefore);
  expect(await Promise.all([backlog.fetch(), backlog.fetch()])).toEqual([true, true]);
  expect(asked).toEqual([4_801]);
});

test('at the beginning nothing is asked for', async () => {
  const { asked, backlog } = longRoom(pageBefore);
  while (await backlog.fetch());
  expect(asked.at(-1)).toBe(801);
});
