import { expect, test } from 'vitest';
import { textOf, TriedHub } from './tried-hub.ts';

test('S7: nobody hears of an entry before it is safe', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  hub.disk = 'busy';
  hub.say(1, 'hello');
  expect([hub.take(1), hub.take(2)]).toEqual([[], []]);
  hub.settle('fine');
  for (const connection of [1, 2]) {
    expect(hub.takeEntries(connection).map(textOf)).toEqual(['hello']);
  }
});

test('S7: who came back while its message was being stored learns that it could not be kept', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  hub.disk = 'busy';
  const id = hub.say(1, 'hello');
  hub.send(1, { type: 'leave' });
  hub.join(3, 'Ann', { key: 'key-1' });
  hub.say(3, 'hello');
  expect(hub.take(3)).toEqual([]);
  hub.take(2);
  hub.settle('full');
  expect(hub.take(3)).toMatchObject([{ type: 'refused', id, code: 'not-kept' }]);
  expect(hub.take(2)).toEqual([]);
  expect(hub.log.last.seq).toBe(0);
});

test('S4, S7: what could not be kept leaves no gap in the numbers', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.disk = 'full';
  hub.say(1, 'lost');
  hub.disk = 'fine';
  hub.say(1, 'kept');
  expect(hub.log.last.seq).toBe(1);
  expect(hub.texts).toEqual(['kept']);
});
