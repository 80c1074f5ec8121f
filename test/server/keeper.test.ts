import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import { newcomer } from '../../main/hub/rules.ts';
import { Keeper } from '../../main/server/keeper.ts';
import type { KeepEffect } from '../../main/server/unkept.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A keeper, and what it commits, each time in so many ms. */
function keeping(commitMs = 0) {
  const room = { id: 'room', name: 'Room', idleMinutes: null, remembersDays: null };
  const { hub } = createMemoryStorage().add(hostedRecord(room, 'Host'), 'epoch', 0);
  const commits: string[] = [];
  let isFull = false;
  let resting = false;
  const keeper = new Keeper({
    store: {
      ...hub,
      commit(changes) {
        if (isFull) throw new LanyardError('storage-full', 'The disk is full.');
        hub.commit(changes);
        vi.advanceTimersByTime(commitMs);
      },
    },
    awaitRested: () => resting,
    onStored: ({ entries, known }) => {
      commits.push([...entries, ...known].map(({ id }) => id).join(' '));
    },
    onNotStored: ({ code }) => commits.push(code),
  });
  const fill = (full: boolean) => {
    isFull = full;
  };
  const rest = (until: number) => {
    resting = true;
    setTimeout(() => {
      resting = false;
      keeper.rested();
    }, until);
  };
  return { keeper, commits, fill, rest };
}

const stores = (seq: number): KeepEffect => ({
  type: 'store',
  entry: {
    kind: 'said',
    seq,
    at: 1,
    id: `entry-${seq}`,
    from: 'ann',
    name: 'Ann',
    text: 'hi',
    written: 1,
    signature: 's',
  },
});
const knows = (id: string): KeepEffect => ({ type: 'keep-known', member: newcomer(id, id) });

test('what is said in one turn is committed together, at its end', () => {
  const { keeper, commits } = keeping();
  keeper.keep(stores(1));
  keeper.keep(stores(2));
  expect(commits).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(commits).toEqual(['entry-1 entry-2']);
});

test('while many come, what follows is committed with them; alone nothing waits', () => {
  const { keeper, commits } = keeping(1);
  for (const seqs of [[1], [2], [3, 4]]) {
    for (const seq of seqs) keeper.keep(stores(seq));
    vi.advanceTimersToNextTimer();
  }
  expect(commits).toEqual(['entry-1', 'entry-2', 'entry-3 entry-4']);
  for (const seq of [5, 6]) {
    keeper.keep(stores(seq));
    vi.advanceTimersToNextTimer();
  }
  expect(commits).toHaveLength(3);
  keeper.now();
  expect(commits.at(-1)).toBe('entry-5 entry-6');
});

test('who came in is committed with what is said next', () => {
  const { keeper, commits } = keeping();
  keeper.keep(knows('ann'));
  vi.advanceTimersByTime(40);
  keeper.keep(stores(1));
  vi.advanceTimersByTime(100);
  expect(commits).toEqual(['entry-1 ann']);
});

test('who came in is committed soon, though nothing is said', () => {
  const { keeper, commits } = keeping();
  keeper.keep(knows('ann'));
  vi.advanceTimersByTime(200);
  keeper.keep(knows('bob'));
  vi.advanceTimersByTime(50);
  expect(commits).toEqual(['ann bob']);
});

test('what could not be sent anyway waits for what comes meanwhile', () => {
  const { keeper, commits, rest } = keeping();
  keeper.keep(knows('ann'));
  rest(16);
  for (const seq of [1, 2, 3]) {
    keeper.keep(stores(seq));
    vi.advanceTimersByTime(5);
  }
  expect(commits).toEqual([]);
  vi.advanceTimersByTime(2);
  expect(commits).toEqual(['entry-1 entry-2 entry-3 ann']);
});

test.for([0, 100])('at the end nothing waits, also of a hub that rests for %i ms', (ms) => {
  const { keeper, commits, rest } = keeping();
  if (ms > 0) rest(ms);
  keeper.keep(knows('ann'));
  keeper.keep(stores(1));
  vi.advanceTimersByTime(ms / 2);
  keeper.now();
  vi.runAllTimers();
  expect(commits).toEqual(['entry-1 ann']);
});

test('S7: what cannot be kept is told, and what comes later is kept', () => {
  const { keeper, commits, fill } = keeping();
  fill(true);
  keeper.keep(stores(1));
  vi.runAllTimers();
  fill(false);
  keeper.keep(stores(1));
  vi.runAllTimers();
  expect(commits).toEqual(['storage-full', 'entry-1']);
});
