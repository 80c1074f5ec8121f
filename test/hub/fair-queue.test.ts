import { expect, test } from 'vitest';
import { FairQueue } from '../../main/hub/engine/fair-queue.ts';

/** A queue whose work takes so many ms each, and what was served. */
function tried(costMs = 0) {
  let now = 0;
  let due: (() => void)[] = [];
  const served: string[] = [];
  const queue = new FairQueue({
    now: () => now,
    monotonic: () => now,
    soon: (action) => due.push(action),
    after: () => ({ cancel: () => undefined }),
  });
  const pass = (connection: number, what: string, isCheap: boolean, units = 10) => {
    const serve = () => {
      if (!isCheap) now += costMs;
      served.push(`${connection} ${what}`);
    };
    queue.pass(connection, isCheap, { units, serve });
  };
  const turn = () => {
    const actions = due;
    due = [];
    for (const action of actions) action();
  };
  return { queue, served, pass, turn };
}

test('what costs little is served at once, what costs much in the next turn', () => {
  const { queue, served, pass, turn } = tried();
  pass(1, 'page', false);
  pass(2, 'say', true);
  expect(served).toEqual(['2 say']);
  expect(queue.isWaiting(1)).toBe(true);
  turn();
  expect(served).toEqual(['2 say', '1 page']);
  expect(queue.isWaiting(1)).toBe(false);
});

test('nothing overtakes what came before on the same connection', () => {
  const { served, pass, turn } = tried();
  pass(1, 'hello', false);
  pass(1, 'say', true);
  pass(1, 'page', false);
  expect(served).toEqual([]);
  turn();
  expect(served).toEqual(['1 hello', '1 say', '1 page']);
});

test('each has its turn, and between turns what is said gets through', () => {
  // Each takes longer than they have at a time.
  const { queue, served, pass, turn } = tried(5);
  for (const connection of [1, 2]) {
    pass(connection, 'a', false);
    pass(connection, 'b', false);
  }
  turn();
  expect(served).toEqual(['1 a']);
  pass(3, 'now', true);
  while (queue.isWaiting(1) || queue.isWaiting(2)) turn();
  expect(served).toEqual(['1 a', '3 now', '2 a', '1 b', '2 b']);
});

test('who ends is heard to the end in its turn, and who is dropped not any more', () => {
  const { queue, served, pass, turn } = tried();
  pass(1, 'hello', false);
  pass(1, 'last words', true);
  pass(2, 'hello', false);
  queue.finish(1, () => served.push('1 ended'));
  queue.forget(2);
  queue.finish(2, () => served.push('2 ended'));
  expect(served).toEqual(['2 ended']);
  turn();
  expect(served).toEqual(['2 ended', '1 hello', '1 last words', '1 ended']);
});

test('who waits with too much is full until it was served', () => {
  const { queue, pass, turn } = tried();
  pass(1, 'page', false, 64 * 1024 + 1);
  expect(queue.isFull(1)).toBe(true);
  expect(queue.isFull(2)).toBe(false);
  turn();
  expect(queue.isFull(1)).toBe(false);
});
