import { describe, expect, test } from 'vitest';
import { PAGE_MAX_UNITS, TEXT_MAX } from '../../main/protocol/limits.ts';
import type { HubMessage } from '../../main/protocol/messages.ts';
import { HOST_CONNECTION, TriedHub } from './tried-hub.ts';

test('S1, O3: what is said comes to everybody, the author too, numbered and timed', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  hub.say(1, 'hello\nall', 'm1');
  const entry = {
    kind: 'said',
    seq: 1,
    at: hub.now,
    id: 'm1',
    from: 'key-1',
    name: 'Ann',
    written: 7,
    signature: 'of m1',
    text: 'hello\nall',
  };
  for (const connection of [HOST_CONNECTION, 1, 2]) {
    expect(hub.take(connection)).toEqual([{ type: 'entry', entry }]);
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
  hub.say(1, text, 'm1');
  expect(hub.take(1)).toMatchObject([{ type: 'refused', id: 'm1', code }]);
  expect(hub.take(2)).toEqual([]);
  expect(hub.log.last).toBe(0);
});

test('S5: what is said again is not entered again; its author gets the entry there is', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  hub.say(1, 'once', 'm1');
  const [first] = hub.take(1);
  hub.take(2);
  hub.say(1, 'once', 'm1');
  expect(hub.take(1)).toEqual([first]);
  expect(hub.take(2)).toEqual([]);
  hub.say(2, 'another text under a used id', 'm1');
  expect(hub.take(2)).toEqual([first]);
  expect(hub.log.last).toBe(1);
});

test('N5, S6: a rename signs what is said later, not what was said', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.say(1, 'before');
  hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
  hub.say(1, 'after');
  expect(hub.log.after(0, 9).map((it) => [it.name, it.kind === 'said' && it.text])).toEqual([
    ['Ann', 'before'],
    ['Anna', 'after'],
  ]);
});

function pageOf(messages: readonly HubMessage[]) {
  const page = messages.find((message) => message.type === 'page');
  if (!page) throw new Error('no page came');
  return { seqs: page.entries.map(({ seq }) => seq), more: page.more };
}

function talkedOver(texts: readonly string[]): TriedHub {
  const hub = new TriedHub();
  hub.populate('Ann');
  for (const [index, text] of texts.entries()) hub.say(1, text, `m${index}`);
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
    hub.send(1, { type: 'history', id: 'h', ...range });
    expect(pageOf(hub.take(1))).toEqual({ seqs, more });
  });

  test('long texts make short pages, which still join up', () => {
    const hub = talkedOver(Array.from({ length: 40 }, (_, n) => `${n}`.padEnd(TEXT_MAX, 'x')));
    const perPage = Math.floor(PAGE_MAX_UNITS / TEXT_MAX);
    let seq = 0;
    for (let pages = 0; pages < 3; pages += 1) {
      hub.send(1, { type: 'history', id: 'h', after: seq, limit: 200 });
      const { seqs, more } = pageOf(hub.take(1));
      expect(seqs[0]).toBe(seq + 1);
      expect(seqs.length).toBeLessThanOrEqual(perPage);
      seq = seqs.at(-1) ?? 0;
      expect(more).toBe(seq < 40);
    }
    expect(seq).toBe(40);
    hub.send(1, { type: 'history', id: 'h', before: 41, limit: 200 });
    expect(pageOf(hub.take(1)).seqs.at(-1)).toBe(40);
  });
});
