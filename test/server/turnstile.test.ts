import { expect, test } from 'vitest';
import { Turnstile } from '../../main/server/turnstile.ts';

const HELLO = '{"type":"hello"}';
const page = (id: string) => `{"type":"history","id":"${id}"}`;
const say = (id: string) => `{"type":"say","id":"${id}"}`;

function tried(work = (_frame: string) => {}) {
  const served: string[] = [];
  const turnstile = new Turnstile((connection, frame) => {
    work(frame);
    served.push(`${connection} ${frame}`);
  });
  return { turnstile, served };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what costs little is served at once, what costs much in the next turn', async () => {
  const { turnstile, served } = tried();
  turnstile.pass(1, page('a'));
  turnstile.pass(2, say('b'));
  expect(served).toEqual([`2 ${say('b')}`]);
  expect(turnstile.isWaiting(1)).toBe(true);
  await turn();
  expect(served).toEqual([`2 ${say('b')}`, `1 ${page('a')}`]);
  expect(turnstile.isWaiting(1)).toBe(false);
});

test('nothing overtakes what came before on the same connection', async () => {
  const { turnstile, served } = tried();
  turnstile.pass(1, HELLO);
  turnstile.pass(1, say('first'));
  turnstile.pass(1, page('second'));
  expect(served).toEqual([]);
  await turn();
  expect(served).toEqual([`1 ${HELLO}`, `1 ${say('first')}`, `1 ${page('second')}`]);
});

test('each has its turn, and between turns what is said gets through', async () => {
  // Each takes longer than they have at a time.
  const { turnstile, served } = tried((frame) => {
    const end = performance.now() + 5;
    while (frame !== say('now') && performance.now() < end);
  });
  for (const connection of [1, 2]) {
    turnstile.pass(connection, page('a'));
    turnstile.pass(connection, page('b'));
  }
  await turn();
  turnstile.pass(3, say('now'));
  while (turnstile.isWaiting(1) || turnstile.isWaiting(2)) await turn();
  expect(served).toEqual([
    `1 ${page('a')}`,
    `3 ${say('now')}`,
    `2 ${page('a')}`,
    `1 ${page('b')}`,
    `2 ${page('b')}`,
  ]);
});

test('who ends is heard to the end in its turn, and who is dropped not any more', async () => {
  const { turnstile, served } = tried();
  turnstile.pass(1, HELLO);
  turnstile.pass(1, say('last words'));
  turnstile.pass(2, HELLO);
  turnstile.finish(1, () => served.push('1 ended'));
  turnstile.forget(2);
  turnstile.finish(2, () => served.push('2 ended'));
  expect(served).toEqual(['2 ended']);
  await turn();
  expect(served).toEqual(['2 ended', `1 ${HELLO}`, `1 ${say('last words')}`, '1 ended']);
});

test('who waits with too much is full until it was served', async () => {
  const { turnstile } = tried();
  turnstile.pass(1, page('x'.repeat(64 * 1024)));
  expect(turnstile.isFull(1)).toBe(true);
  expect(turnstile.isFull(2)).toBe(false);
  await turn();
  expect(turnstile.isFull(1)).toBe(false);
});
