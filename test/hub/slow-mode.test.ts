/** Slow mode: how long members wait between two messages (M2). */
import { expect, test } from 'vitest';
import { HOST_CONNECTION, setting, TriedHub } from './tried-hub.ts';

function slowRoom(seconds: number): TriedHub {
  const hub = new TriedHub({ acts: [setting({ slowSeconds: seconds })] });
  hub.populate('Ann', 'Bo');
  return hub;
}

/** What became of each thing this connection said: the seconds to wait, or 0. */
function waits(hub: TriedHub, connection: number): readonly number[] {
  return hub.take(connection).flatMap((message) => {
    if (message.type === 'entries' || message.type === 'confirmed') return 0;
    return message.type === 'refused' && message.code === 'slow-mode'
      ? (message.seconds ?? NaN)
      : [];
  });
}

test('M2: one message, then a wait', () => {
  const hub = slowRoom(10);
  hub.say(1, 'one');
  hub.say(1, 'two');
  hub.pass(9_001);
  hub.say(1, 'two', undefined, true);
  hub.pass(999);
  hub.say(1, 'two', undefined, true);
  expect(waits(hub, 1)).toEqual([0, 10, 1, 0]);
});

test('M2: each member waits for itself; the host and moderators do not', () => {
  const hub = slowRoom(10);
  hub.moderate(HOST_CONNECTION, 'appoint', 'key-2');
  hub.takeAll();
  for (const text of ['one', 'two']) for (const by of [HOST_CONNECTION, 1, 2]) hub.say(by, text);
  const refused = [HOST_CONNECTION, 1, 2].map((connection) => hub.takeRefusals(connection));
  expect(refused).toEqual([[], ['slow-mode'], []]);
});

test('M2, B6: what comes after a refused one waits for it, so that nothing overtakes it', () => {
  const hub = slowRoom(10);
  hub.say(1, 'one');
  hub.say(1, 'two');
  hub.pass(10_000);
  hub.say(1, 'three');
  hub.say(1, 'two', undefined, true);
  expect(waits(hub, 1)).toEqual([0, 10, 1, 0]);
  expect(hub.texts).toEqual(['one', 'two']);
});

test('M2: leaving and coming back is no way around it', () => {
  const hub = slowRoom(10);
  hub.say(1, 'one');
  hub.send(1, { type: 'leave' });
  hub.take(1);
  hub.join(4, 'Another name', { key: 'key-1' });
  hub.say(4, 'two');
  expect(waits(hub, 4)).toEqual([10]);
});

test('M2: a clock that was set back makes nobody wait longer', () => {
  const hub = slowRoom(10);
  hub.say(1, 'one');
  hub.now -= 3_600_000;
  hub.say(1, 'two');
  expect(waits(hub, 1)).toEqual([0, 0]);
});

test('S5: what is known already is answered, not made to wait', () => {
  const hub = slowRoom(10);
  hub.say(1, 'one');
  hub.say(1, 'one');
  expect(waits(hub, 1)).toEqual([0, 0]);
  expect(hub.log.last.seq).toBe(1);
});

test('M2, B6: nothing overtakes a refused one when slow mode ends, nor when its author is appointed', () => {
  for (const act of ['slow', 'appoint'] as const) {
    const hub = slowRoom(10);
    for (const text of ['one', 'two']) hub.say(1, text);
    if (act === 'appoint') hub.moderate(HOST_CONNECTION, act, 'key-1');
    else hub.set(HOST_CONNECTION, { slowSeconds: 0 });
    hub.say(1, 'three');
    hub.say(1, 'two', undefined, true);
    hub.say(1, 'three');
    expect(hub.texts).toEqual(['one', 'two', 'three']);
  }
});

test('M2, B6: nor when the clock is set forward', () => {
  const hub = slowRoom(10);
  for (const text of ['one', 'two']) hub.say(1, text);
  hub.pass(7_200_000);
  hub.say(1, 'three');
  expect(waits(hub, 1)).toEqual([0, 10, 1]);
});

test('M2: it is for what is said, not for what is done to it', () => {
  const hub = slowRoom(10);
  const id = hub.say(1, 'one');
  hub.takeAll();
  hub.relate(1, 'relation/edit', id, { text: 'won' });
  hub.relate(1, 'relation/reaction', id, { emoji: '🙂' });
  hub.redact(1, id);
  expect(hub.takeRefusals(1)).toEqual([]);
  hub.say(1, 'two');
  expect(waits(hub, 1)).toEqual([10]);
});
