import { describe, expect, test } from 'vitest';
import { PAGE_MAX_UNITS, TEXT_MAX } from '../../main/protocol/limits.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { TALK } from '../simulation/names.ts';
import { eventOf, HOST_CONNECTION, textOf, TriedHub } from './tried-hub.ts';

test('S1, O3: what is said comes to everybody, the author too, numbered and timed', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  const { event, id } = eventOf('key-1', { kind: 'message/text', content: { text: 'hello\nall' } });
  hub.postAs(1, id, event);
  const entry = { ...event, id, epoch: hub.epoch, seq: 1, at: hub.now, name: 'Ann', origin: null };
  for (const connection of [HOST_CONNECTION, 1, 2]) {
    expect(hub.take(connection)).toMatchObject([
      { type: 'entries', conversation: TALK, after: 0, entries: [entry] },
    ]);
  }
});

test('S4: everybody gets everything in one order', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  for (let n = 0; n < 6; n += 1) hub.say((n % 2) + 1, `line ${n}`);
  const heard = [HOST_CONNECTION, 1, 2].map((connection) => hub.take(connection));
  expect(heard[1]).toEqual(heard[0]);
  expect(heard[2]).toEqual(heard[0]);
  expect(hub.log.after(0, 10).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
});

test.for([
  ['  \n ', 'text-empty'],
  ['\u200b\u2060', 'text-empty'],
  ['x'.repeat(TEXT_MAX + 1), 'text-too-long'],
  [' spaces around ', 'text-not-normal'],
  ['a line\r\nbreak', 'text-not-normal'],
  ['half a pair \ud83e', 'text-not-normal'],
] as const)('S3, R2: %# is refused to its author alone', ([text, code]) => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  const id = hub.say(1, text);
  expect(hub.take(1)).toMatchObject([{ type: 'refused', id, code }]);
  expect(hub.take(2)).toEqual([]);
  expect(hub.log.last.seq).toBe(0);
});

test('S5: what is said again is not entered again; its author hears that it is there', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  const id = hub.say(1, 'once');
  hub.takeAll();
  hub.say(1, 'once');
  expect(hub.take(1)).toEqual([{ type: 'confirmed', id }]);
  expect(hub.take(2)).toEqual([]);
  const other = eventOf('key-2', { kind: 'message/text', content: { text: 'under a used id' } });
  hub.postAs(2, id, other.event);
  expect(hub.take(2)).toMatchObject([{ type: 'refused', id, code: 'bad-message' }]);
  expect(hub.log.last.seq).toBe(1);
});

test('S5: also once it is forgotten, or after the hub was started again', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  const id = hub.say(1, 'once');
  hub.forget(1);
  hub.takeAll();
  hub.say(1, 'once');
  expect(hub.take(1)).toEqual([{ type: 'confirmed', id }]);
  const kept = hub.say(1, 'kept');
  const after = new TriedHub({ store: hub.store });
  after.populate('Ann');
  after.say(1, 'kept');
  expect(after.take(1)).toEqual([{ type: 'confirmed', id: kept }]);
  expect(after.log.last.seq).toBe(2);
});

test('S5: what is on its way to the disk is not entered again either, and told once', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.disk = 'busy';
  hub.say(1, 'once');
  hub.say(1, 'once');
  hub.settle('fine');
  expect(hub.take(1).map(({ type }) => type)).toEqual(['entries']);
  expect(hub.log.last.seq).toBe(1);
});

test('N5, S6: a rename signs what is said later, not what was said', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.say(1, 'before');
  hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
  hub.say(1, 'after');
  expect(hub.log.after(0, 9).map((it) => [it.name, textOf(it)])).toEqual([
    ['Ann', 'before'],
    ['Anna', 'after'],
  ]);
});

function pageOf(messages: readonly HubMessage[]) {
  const page = messages.find((message) => message.type === 'page');
  if (!page) throw new Error('no page came');
  const seqs = page.entries.map(({ seq }) => seq);
  // It says from where on it is complete.
  if (seqs[0] !== undefined) expect(page.after.seq).toBe(seqs[0] - 1);
  return { seqs, more: page.more };
}

function talkedOver(texts: readonly string[]): TriedHub {
  const hub = new TriedHub();
  hub.populate('Ann');
  for (const [index, text] of texts.entries()) hub.say(1, text, `${index}`);
  hub.take(1);
  return hub;
}

describe('L3: history', () => {
  test.for([
    [{ before: 6, limit: 3 }, [3, 4, 5], true],
    [{ before: 4, limit: 3 }, [1, 2, 3], false],
    [{ before: 1, limit: 3 }, [], false],
    [{ before: 0, limit: 3 }, [], false],
    [{ before: 1_000, limit: 2 }, [9, 10], true],
    [{ after: 0, limit: 3 }, [1, 2, 3], true],
    [{ after: 7, limit: 3 }, [8, 9, 10], false],
    [{ after: 10, limit: 3 }, [], false],
    [{ after: 99, limit: 3 }, [], false],
  ] as const)('%j', ([range, seqs, more]) => {
    const hub = talkedOver(Array.from({ length: 10 }, (_, n) => `line ${n}`));
    hub.send(1, { type: 'history', id: 'h', conversation: TALK, ...range });
    expect(pageOf(hub.take(1))).toEqual({ seqs, more });
  });

  test('long texts make short pages, which still join up', () => {
    const hub = talkedOver(Array.from({ length: 40 }, (_, n) => `${n}`.padEnd(TEXT_MAX, 'x')));
    const perPage = Math.floor(PAGE_MAX_UNITS / TEXT_MAX);
    let seq = 0;
    for (let pages = 0; pages < 3; pages += 1) {
      hub.send(1, { type: 'history', id: 'h', conversation: TALK, after: seq, limit: 200 });
      const { seqs, more } = pageOf(hub.take(1));
      expect(seqs[0]).toBe(seq + 1);
      expect(seqs.length).toBeLessThanOrEqual(perPage);
      seq = seqs.at(-1) ?? 0;
      expect(more).toBe(seq < 40);
    }
    expect(seq).toBe(40);
    hub.send(1, { type: 'history', id: 'h', conversation: TALK, before: 41, limit: 200 });
    expect(pageOf(hub.take(1)).seqs.at(-1)).toBe(40);
  });
});
