import { describe, expect, test } from 'vitest';
import { AWAY_AFTER_MS, TYPING_EXPIRES_MS } from '../../main/protocol/limits.ts';
import { ROOM, TALK } from '../simulation/names.ts';
import { HOST_CONNECTION, TriedHub } from './tried-hub.ts';

const MINUTE = 60_000;

describe('O13, N4, N5: renaming', () => {
  test('everyone sees it, oneself too', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'rename', id: 'r', name: ' Anna ' });
    for (const connection of [HOST_CONNECTION, 1, 2]) {
      expect(hub.takeChanges(connection)).toMatchObject([
        { change: 'renamed', before: 'Ann', name: 'Anna', count: 3 },
      ]);
    }
    expect(hub.join(3, 'Cem').roster.map(({ name }) => name)).toContain('Anna');
  });

  test.for([
    ['BO', 'name-taken'],
    ['b o', 'name-taken'],
    ['Ｂｏ', 'name-taken'],
    ['', 'name-empty'],
    ['x'.repeat(33), 'name-too-long'],
    ['\u2067Bo', 'name-not-allowed'],
  ] as const)('to %j is refused, and only its asker hears of it', ([name, code]) => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'rename', id: 'r', name });
    expect(hub.take(1)).toMatchObject([{ type: 'refused', id: 'r', code }]);
    expect(hub.take(2)).toEqual([]);
  });

  test('the case and spacing of one’s own name may change', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'rename', id: 'r', name: 'A N N' });
    expect(hub.takeChanges(2)).toMatchObject([{ before: 'Ann', name: 'A N N' }]);
  });

  test('to the very same name is confirmed to oneself alone', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'rename', id: 'r', name: 'Ann' });
    expect(hub.takeChanges(1)).toMatchObject([{ before: 'Ann', name: 'Ann' }]);
    expect(hub.take(2)).toEqual([]);
  });

  test('a name that was given up is free', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    hub.send(2, { type: 'rename', id: 'r', name: 'ann' });
    expect(hub.takeChanges(2)).toMatchObject([{ name: 'Anna' }, { name: 'ann' }]);
  });
});

describe('P3, O4: going', () => {
  test('on purpose: the hub closes, the others learn it, with the number of people', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'leave' });
    expect(hub.closedBecause(1)).toBe('left');
    expect(hub.takeChanges(2)).toMatchObject([
      { change: 'left', name: 'Ann', reason: 'left', count: 2 },
    ]);
  });

  test.for(['left', 'lost', 'too-slow'] as const)('the reason is passed on: %s', (reason) => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.close(1, reason);
    expect(hub.takeChanges(2)).toMatchObject([{ change: 'left', name: 'Ann', reason, count: 2 }]);
  });

  test('twice is once', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'leave' });
    hub.close(1);
    hub.close(1);
    hub.send(1, { type: 'leave' });
    expect(hub.takeChanges(2)).toHaveLength(1);
    expect(hub.memberCount).toBe(2);
  });

  test('of a connection that never joined is nobody’s business', () => {
    const hub = new TriedHub();
    hub.populate('Ann');
    hub.close(9);
    expect(hub.take(1)).toEqual([]);
  });
});

test('O12, P4: who is here can be asked at any time', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  hub.send(1, { type: 'who', id: 'w1' });
  const [answer] = hub.take(1);
  expect(answer).toMatchObject({ type: 'roster', id: 'w1' });
  expect(answer?.type === 'roster' && answer.roster.map(({ name }) => name)).toEqual([
    'Host',
    'Ann',
    'Bo',
  ]);
  expect(hub.take(2)).toEqual([]);
});

describe('P5: away', () => {
  test('after five minutes of silence, and no more with the next word', () => {
    const hub = new TriedHub();
    hub.populate('Ann');
    hub.pass(AWAY_AFTER_MS - 1);
    expect(hub.take(1)).toEqual([]);
    hub.pass(1);
    expect(hub.takeChanges(1)).toMatchObject([
      { change: 'away', away: true, count: 2 },
      { change: 'away', away: true, count: 2 },
    ]);
    hub.pass(MINUTE);
    expect(hub.take(1)).toEqual([]);
    hub.say(1, 'back');
    expect(hub.takeChanges(HOST_CONNECTION).at(-1)).toMatchObject({ change: 'away', away: false });
    expect(hub.join(2, 'Bo').roster.map(({ away }) => away)).toEqual([true, false, false]);
  });

  test.for([
    ['renaming', { type: 'rename', id: 'r', name: 'Anna' }, false],
    ['typing', { type: 'typing', conversation: TALK, on: true }, false],
    ['asking who is here', { type: 'who', id: 'w' }, true],
    ['reading history', { type: 'history', id: 'h', conversation: TALK, after: 0, limit: 5 }, true],
  ] as const)('%s', ([, message, staysAway]) => {
    const hub = new TriedHub();
    hub.populate('Ann');
    hub.pass(AWAY_AFTER_MS);
    hub.send(1, message);
    expect(hub.join(2, 'Bo').roster[1]?.away).toBe(staysAway);
  });
});

describe('P6: typing', () => {
  test('the others learn when it begins and ends, the typist does not', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    for (const on of [true, true, false, false])
      hub.send(1, { type: 'typing', conversation: TALK, on });
    expect(hub.take(2)).toMatchObject([
      { type: 'typing', conversation: TALK, on: true },
      { type: 'typing', conversation: TALK, on: false },
    ]);
    expect(hub.take(1)).toEqual([]);
  });

  test('is forgotten unless it is said again', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'typing', conversation: TALK, on: true });
    hub.pass(TYPING_EXPIRES_MS - 1);
    hub.send(1, { type: 'typing', conversation: TALK, on: true });
    hub.pass(TYPING_EXPIRES_MS - 1);
    expect(hub.take(2)).toMatchObject([{ type: 'typing', conversation: TALK, on: true }]);
    hub.pass(1);
    expect(hub.take(2)).toMatchObject([{ type: 'typing', conversation: TALK, on: false }]);
  });

  test('ends with the message, without a word', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    hub.send(1, { type: 'typing', conversation: TALK, on: true });
    hub.say(1, 'done');
    hub.pass(TYPING_EXPIRES_MS);
    expect(hub.take(2).map(({ type }) => type)).toEqual(['typing', 'entries']);
  });

  test('in another conversation ends it in the one before', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo');
    for (const conversation of [TALK, ROOM.id]) {
      hub.send(1, { type: 'typing', conversation, on: true });
    }
    expect(hub.take(2)).toMatchObject([
      { conversation: TALK, on: true },
      { conversation: TALK, on: false },
      { conversation: ROOM.id, on: true },
    ]);
  });
});

describe('P7, O14: the idle', () => {
  test('are never removed unless the room is set so', () => {
    const hub = new TriedHub();
    hub.populate('Ann');
    hub.pass(24 * 60 * MINUTE);
    expect(hub.memberCount).toBe(2);
  });

  test('are removed and told why; the host and the lively stay', () => {
    const hub = new TriedHub();
    hub.populate('Ann', 'Bo', 'Cem');
    hub.set(HOST_CONNECTION, { idleMinutes: 3 });
    expect(hub.take(1).filter(({ type }) => type === 'room')).toMatchObject([
      { type: 'room', room: { idleMinutes: 3 } },
    ]);
    hub.pass(2 * MINUTE);
    hub.say(2, 'still here');
    hub.send(3, { type: 'who', id: 'w' });
    hub.pass(MINUTE);
    expect(hub.closedBecause(1)).toBe('idle');
    expect(hub.closedBecause(2)).toBeUndefined();
    expect(hub.closedBecause(3)).toBe('idle');
    expect(hub.takeChanges(2)).toMatchObject([
      { change: 'left', name: 'Ann', reason: 'idle', count: 3 },
      { change: 'left', name: 'Cem', reason: 'idle', count: 2 },
    ]);
    hub.pass(60 * MINUTE);
    expect(hub.closedBecause(HOST_CONNECTION)).toBeUndefined();
  });

  test('may come back as who they were', () => {
    const hub = new TriedHub();
    hub.populate('Ann');
    hub.set(HOST_CONNECTION, { idleMinutes: 1 });
    hub.pass(MINUTE);
    expect(hub.join(2, 'Ann', { key: 'key-1' }).you).toBe('key-1');
    hub.pass(MINUTE / 2);
    expect(hub.closedBecause(2)).toBeUndefined();
  });
});
