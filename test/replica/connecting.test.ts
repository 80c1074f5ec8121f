import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../main/replica/backoff.ts';
import { isFinal } from '../../main/replica/disconnects.ts';
import { ADMISSION_REFUSALS } from '../../main/model/error-codes.ts';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import { CLOSE_REASONS, closeNameOf } from '../../main/protocol/close-codes.ts';
import { refusal } from '../../main/wire/refusals.ts';
import { hash } from '../simulation/crypto.ts';
import { TALK } from '../simulation/names.ts';
import { logTo } from './tried-log.ts';
import { ANN, BO, ROOM, TriedSession, welcomeOf } from './tried-session.ts';

test('H1, W1: it connects, says hello, and is here with the welcome', () => {
  const session = new TriedSession();
  session.input({ type: 'start' });
  const started = session.take();
  expect(started.kinds).toEqual(['tell', 'connect']);
  expect(started.last('status')?.status).toEqual({ state: 'connecting' });
  session.input({ type: 'opened' });
  expect(session.take().sent).toEqual([{ type: 'hello', version: 2, name: 'Ann', resume: [] }]);
  session.hear(welcomeOf());
  const welcomed = session.take();
  expect(welcomed.last('status')?.status).toEqual({ state: 'here' });
  expect(welcomed.last('welcomed')).toMatchObject({ you: ANN.id, roster: [{}, {}] });
  expect(welcomed.last('room')?.room.name).toBe('Lab 3');
});

test('nothing but a welcome makes it here, and a second welcome nothing more', () => {
  const session = new TriedSession();
  session.input({ type: 'start' });
  session.hear(welcomeOf());
  session.input({ type: 'opened' });
  session.hear({ type: 'typing', conversation: TALK, id: BO.id, on: true });
  expect(session.take().last('status')?.status.state).toBe('connecting');
  session.hear(welcomeOf());
  session.take();
  session.hear(welcomeOf({ you: 'somebody-else' }));
  expect(session.take().kinds).toEqual([]);
});

test('H5: it comes back with the name it was given and where its copy ends', () => {
  const named = { ...ANN, name: 'Ann 2' };
  const log = logTo(17);
  const session = TriedSession.here({ roster: [named], log });
  session.lose();
  session.input({ type: 'timer' });
  session.input({ type: 'opened' });
  expect(session.take().sent).toEqual([
    {
      type: 'hello',
      version: 2,
      name: 'Ann 2',
      resume: [{ conversation: TALK, ancestry: [{ epoch: log.epoch.id, seq: 17 }] }],
    },
  ]);
});

describe('before the first welcome any end is the end, and one may start again', () => {
  const reasons: readonly DisconnectReason[] = [
    'unreachable',
    'refused-connection',
    'not-a-room',
    'connection-lost',
    'bad-name',
    'room-full',
    'hello-timeout',
  ];
  test.for(reasons)('%s', (reason) => {
    const session = new TriedSession();
    session.input({ type: 'start' });
    session.lose(reason);
    const ended = session.take();
    expect(ended.last('status')?.status).toEqual({
      state: 'ended',
      reason,
    });
    expect(ended.wakeAt).toBeUndefined();
    session.input({ type: 'start' });
    expect(session.take().kinds).toContain('connect');
  });
});

const finalReasons = Object.values(CLOSE_REASONS)
  .flatMap(({ code }) => closeNameOf(code) ?? [])
  .filter(isFinal);

test.for(finalReasons)('C2: %s is final', (reason) => {
  const session = TriedSession.here();
  session.lose(reason);
  const ended = session.take();
  expect(ended.last('status')?.status).toMatchObject({ state: 'ended', reason });
  expect(ended.kinds).not.toContain('wake');
});

test.for(['connection-lost', 'too-slow', 'room-full', 'unreachable'] as const)(
  'C2: after %s it waits and tries again',
  (reason) => {
    const session = TriedSession.here();
    session.lose(reason, 0.5);
    const waiting = session.take();
    const until = session.now + backoffMs(1, 0.5);
    expect(waiting.last('status')?.status).toEqual({ state: 'waiting', until, reason });
    expect(waiting.wakeAt).toBe(until);
    session.input({ type: 'timer' });
    expect(session.take().kinds).toContain('connect');
  },
);

test('B5: waits grow from failure to failure and start anew after a welcome', () => {
  const session = TriedSession.here();
  const waits: number[] = [];
  const wait = () => waits.push((session.take().wakeAt ?? NaN) - session.now);
  for (let failure = 0; failure < 4; failure += 1) {
    session.lose('unreachable', 0.999);
    wait();
    session.input({ type: 'timer' });
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  session.input({ type: 'opened' });
  session.hear(welcomeOf());
  session.lose('connection-lost', 0.999);
  wait();
  expect(waits.at(-1)).toBe(waits[0]);
});

test('B5: a wait is never longer than the longest, nor shorter than a moment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, random) => {
        const ms = backoffMs(n, random);
        expect(ms).toBeGreaterThanOrEqual(100);
        expect(ms).toBeLessThanOrEqual(30_100);
      },
    ),
  );
});

test('trying now skips the wait, and does nothing while it is here', () => {
  const session = TriedSession.here();
  session.input({ type: 'retry-now' });
  expect(session.take().kinds).toEqual([]);
  session.lose();
  session.take();
  session.input({ type: 'retry-now' });
  expect(session.take().kinds).toContain('connect');
  session.input({ type: 'timer' });
  expect(session.take().kinds).toEqual([]);
});

test('another room at the address is not joined', () => {
  const session = new TriedSession({ roomId: hash('another room') });
  session.comeIn();
  const ended = session.take();
  expect(ended.last('status')?.status).toMatchObject({ state: 'ended', reason: 'wrong-room' });
  expect(ended.kinds).toContain('disconnect');
  expect(ended.last('welcomed')).toBeUndefined();
});

test('nor when it was another one before', () => {
  const session = TriedSession.here();
  session.lose();
  session.comeBack({ room: { ...ROOM, id: hash('another room') } });
  expect(session.take().last('status')?.status).toMatchObject({ reason: 'wrong-room' });
});

test.for([
  ['id', { id: hash('another room') }],
  ['founder', { founder: BO.id + '9' }],
  ['nonce', { nonce: 'another' }],
] as const)(
  'X1: nor does a room become another one while one is there, by its %s',
  ([, change]) => {
    const session = TriedSession.here();
    session.hear({ type: 'room', room: { ...ROOM, ...change } });
    const ended = session.take();
    expect(ended.ended).toBe('wrong-room');
    expect(ended.kinds).toContain('disconnect');
    expect(ended.last('room')).toBeUndefined();
  },
);

test('a room that is called and set otherwise is the same', () => {
  const session = TriedSession.here();
  const room = { ...ROOM, name: 'Lab 4', access: 'invite', locked: true } as const;
  session.hear({ type: 'room', room });
  expect(session.take().last('room')?.room).toEqual(room);
});

describe('leaving', () => {
  test('says so, disconnects, and is over', () => {
    const session = TriedSession.here();
    session.input({ type: 'leave' });
    const left = session.take();
    expect(left.sent).toEqual([{ type: 'leave' }]);
    expect(left.kinds.indexOf('disconnect')).toBeGreaterThan(left.kinds.indexOf('send'));
    expect(left.last('status')?.status).toMatchObject({ state: 'ended', reason: 'left' });
    session.input({ type: 'leave' });
    session.lose();
    session.input({ type: 'timer' });
    expect(session.take().kinds).toEqual([]);
  });

  test('while it waits or connects needs no word', () => {
    const session = TriedSession.here();
    session.lose();
    session.input({ type: 'leave' });
    expect(session.take().sent).toEqual([]);
    session.input({ type: 'timer' });
    expect(session.take().kinds).toEqual([]);
  });

  test('what one has not begun to join is nothing, and one can still begin', () => {
    const session = new TriedSession();
    session.input({ type: 'leave' });
    expect(session.take().kinds).toEqual([]);
    session.input({ type: 'start' });
    expect(session.take().kinds).toContain('connect');
  });

  test('and starting again is coming back as the same', () => {
    const log = logTo(3);
    const session = TriedSession.here({ log });
    session.input({ type: 'leave' });
    session.input({ type: 'start' });
    session.input({ type: 'opened' });
    expect(session.take().ancestry).toEqual([{ epoch: log.epoch.id, seq: 3 }]);
  });
});

describe('K5: who is not let in', () => {
  test.for(ADMISSION_REFUSALS)(
    '%s is the end, before the first welcome and after, with what the hub said',
    (code) => {
      const wasHere = TriedSession.here();
      wasHere.lose();
      for (const session of [new TriedSession(), wasHere]) {
        session.input({ type: 'start' });
        session.input({ type: 'timer' });
        session.input({ type: 'opened' });
        session.hear(refusal(code));
        session.take();
        session.lose(code === 'banned' ? 'banned' : 'not-admitted');
        const ended = session.take();
        expect(ended.last('status')?.status).toEqual({ state: 'ended', reason: code });
        expect(ended.wakeAt).toBeUndefined();
      }
    },
  );

  test('may try again, and that attempt ends for its own reason', () => {
    const session = new TriedSession();
    session.input({ type: 'start' });
    session.input({ type: 'opened' });
    session.hear(refusal('passphrase-needed'));
    session.lose('not-admitted');
    session.input({ type: 'start' });
    session.lose('unreachable');
    expect(session.take().last('status')?.status).toMatchObject({ reason: 'unreachable' });
  });

  test('a refusal of that name inside the room ends nothing', () => {
    const session = TriedSession.here();
    session.hear(refusal('banned'));
    session.lose('connection-lost');
    expect(session.take().last('status')?.status).toMatchObject({ state: 'waiting' });
  });
});

describe('I3: a host that may not be the room’s', () => {
  test('ends it before anything of the welcome is believed', () => {
    const asked: string[] = [];
    const doubtHost = (roomId: string) => {
      asked.push(roomId);
      return 'host-key-changed' as const;
    };
    const session = new TriedSession({ doubtHost });
    session.say('m1');
    session.comeIn();
    const ended = session.take();
    expect(asked).toEqual([ROOM.id]);
    expect(ended.last('status')?.status).toMatchObject({ reason: 'host-key-changed' });
    expect(ended.last('welcomed')).toBeUndefined();
    expect(ended.last('room')).toBeUndefined();
    expect(ended.said).toEqual([]);
    expect(ended.kinds).toContain('disconnect');
  });

  test.for(['host-key-changed', 'wrong-host', 'host-not-proven', 'certificate-refused'] as const)(
    '%s is final',
    (reason) => {
      const session = TriedSession.here();
      session.lose(reason);
      const ended = session.take();
      expect(ended.last('status')?.status).toMatchObject({ state: 'ended', reason });
      expect(ended.wakeAt).toBeUndefined();
    },
  );
});
