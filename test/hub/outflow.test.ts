import { expect, test } from 'vitest';
import type { HubChanges, KeepEffect } from '../../main/hub/engine/changes.ts';
import { Outflow } from '../../main/hub/engine/outflow.ts';
import type { Peer } from '../../main/hub/engine/peer.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { virtualClock } from '../simulation/virtual-clock.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';
import { TALK } from '../simulation/names.ts';
import { entryAt } from '../timeline/entries.ts';
import { greetingTo } from './greeting.ts';

const namesIn = ({ entries, known }: HubChanges) =>
  [...entries, ...known].map(({ id }) => id).join(' ');

/** An outflow to one member, over a disk that makes safe in `flushMs` and a write that takes `writeMs`. */
function flowing({ flushMs = 1, writeMs = 0 } = {}) {
  const time = new VirtualTime();
  /** What happened, in order. */
  const seen: string[] = [];
  let isFull = false;
  /** What writing took, which no timer counts. */
  let spent = 0;
  const tell = (message: HubMessage) => {
    const ids = message.type === 'entries' ? message.entries.map(({ seq }) => idOf(seq)) : null;
    seen.push(`told ${ids?.join(' ') ?? message.type}`);
  };
  const peer: Peer = {
    welcome: () => undefined,
    send: tell,
    sendBatch({ items }) {
      for (const { message } of items) tell(message);
      spent += writeMs;
    },
    isTooSlow: () => false,
    close: () => undefined,
  };
  const outflow = new Outflow({
    clock: { ...virtualClock(time), monotonic: () => time.now + spent },
    store: {
      commit(changes) {
        if (isFull) throw new Error('full');
        seen.push(`wrote ${namesIn(changes)}`);
      },
      flush: (done) => time.after(flushMs, done),
      flushNow: () => seen.push('safe now'),
    },
    roster: () => [],
    onTooSlow: () => undefined,
    onStored({ entries }) {
      for (const entry of entries) {
        const news = { type: 'entries', conversation: TALK, after: entry.seq - 1 } as const;
        outflow.broadcast({ ...news, entries: [entry] }, null);
      }
    },
    onNotStored: (changes) => seen.push(`lost ${namesIn(changes)}`),
  });
  outflow.admit(1, peer, greetingTo('ann'));
  time.runUntil(1_000);
  const pass = (ms: number) => time.runUntil(time.now + ms);
  const fill = (full: boolean) => {
    isFull = full;
  };
  return { outflow, seen, pass, fill, take: () => seen.splice(0) };
}

const idOf = (seq: number) => `id-${seq}`;
const stores = (seq: number): KeepEffect => ({
  type: 'store',
  entry: { ...entryAt(seq), id: idOf(seq) },
});
const knows = (id: string): KeepEffect => ({
  type: 'keep-known',
  member: { id, name: id, admitted: true },
});

test('S7: what came in one turn is written together, and told once it is safe', () => {
  const { outflow, take, pass } = flowing({ flushMs: 5 });
  outflow.keep(stores(1));
  outflow.keep(stores(2));
  expect(take()).toEqual([]);
  pass(4);
  expect(take()).toEqual(['wrote id-1 id-2']);
  pass(1);
  expect(take()).toEqual(['told id-1 id-2']);
});

test('while the disk is busy the hub goes on, and nothing is told before it is safe', () => {
  const { outflow, take, pass } = flowing({ flushMs: 10 });
  outflow.keep(stores(1));
  pass(2);
  outflow.keep(stores(2));
  pass(2);
  outflow.keep(stores(3));
  pass(5);
  expect(take()).toEqual(['wrote id-1', 'wrote id-2', 'wrote id-3']);
  pass(1);
  expect(take()).toEqual(['told id-1']);
  pass(10);
  expect(take()).toEqual(['told id-2 id-3']);
});

test('what is no entry leaves with the entry that is about to be safe, or at the end of the turn', () => {
  const { outflow, take, pass } = flowing({ flushMs: 5 });
  outflow.broadcast({ type: 'typing', conversation: TALK, id: 'ann', on: true }, null);
  pass(0);
  expect(take()).toEqual(['told typing']);
  outflow.keep(stores(1));
  outflow.broadcast({ type: 'typing', conversation: TALK, id: 'ann', on: false }, null);
  pass(4);
  expect(take()).toEqual(['wrote id-1']);
  pass(1);
  expect(take()).toEqual(['told typing', 'told id-1']);
});

test('after a costly flush what comes is gathered, written and told together', () => {
  const { outflow, take, pass } = flowing({ flushMs: 0, writeMs: 6 });
  for (const seq of [1, 2, 3]) outflow.keep(stores(seq));
  pass(0);
  expect(take()).toEqual(['wrote id-1 id-2 id-3', 'told id-1 id-2 id-3']);
  for (const seq of [4, 5, 6, 7]) {
    outflow.keep(stores(seq));
    pass(1.5);
  }
  expect(take()).toEqual([]);
  pass(4);
  expect(take()).toEqual(['wrote id-4 id-5 id-6 id-7', 'told id-4 id-5 id-6 id-7']);
});

test('who came in is written with what is said next, or soon', () => {
  const { outflow, take, pass } = flowing();
  outflow.keep(knows('ann'));
  pass(40);
  outflow.keep(stores(1));
  pass(100);
  expect(take()).toEqual(['wrote id-1 ann', 'told id-1']);
  outflow.keep(knows('bob'));
  pass(200);
  outflow.keep(knows('cy'));
  pass(50);
  expect(take()).toEqual(['wrote bob cy']);
});

test('who comes and goes is told once nobody follows, sooner with a message, later than ever', () => {
  const { outflow, take, pass } = flowing();
  const left = { change: 'left', id: 'bob', name: 'Bob', reason: 'left', count: 1 } as const;
  const presence = () => outflow.broadcast({ type: 'presence', changes: [left] }, null);
  presence();
  pass(7);
  presence();
  pass(7);
  expect(take()).toEqual([]);
  pass(1);
  expect(take()).toEqual(['told presence']);
  presence();
  outflow.broadcast({ type: 'typing', conversation: TALK, id: 'ann', on: true }, null);
  pass(0);
  expect(take()).toEqual(['told presence', 'told typing']);
  for (let ms = 0; ms < 250; ms += 5) {
    presence();
    pass(5);
  }
  expect(take()).toEqual(['told presence']);
});

test('S7: what cannot be kept is told to be lost, and what comes later is kept', () => {
  const { outflow, take, pass, fill } = flowing();
  outflow.keep(stores(1));
  pass(0);
  fill(true);
  outflow.keep(stores(2));
  pass(0);
  fill(false);
  outflow.keep(stores(2));
  pass(5);
  expect(take()).toEqual(['wrote id-1', 'lost id-2', 'wrote id-2', 'told id-1', 'told id-2']);
});

test('what is settled is safe and on its way at once, and told once', () => {
  const { outflow, take, pass } = flowing({ flushMs: 10 });
  outflow.keep(stores(1));
  pass(1);
  outflow.keep(stores(2));
  outflow.keep(knows('ann'));
  outflow.settle();
  expect(take()).toEqual(['wrote id-1', 'wrote id-2 ann', 'safe now', 'told id-1 id-2']);
  outflow.keep(stores(3));
  pass(30);
  expect(take()).toEqual(['wrote id-3', 'told id-3']);
});
