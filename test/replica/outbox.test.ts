import { describe, expect, test } from 'vitest';
import { refusal } from '../../main/protocol/refusals.ts';
import { entriesOf, entryOf, ROOM, TriedSession } from './tried-session.ts';

const at = (seq: number) => ({ epoch: 'epoch-1', seq });

test('S1, S2: what is said is pending until it comes back', () => {
  const session = TriedSession.here();
  session.say('m1');
  const said = session.take();
  expect(said.said).toEqual(['m1']);
  expect(said.pending).toEqual(['m1']);
  session.hearEntries(entryOf(1, 'm1'));
  const heard = session.take();
  expect(heard.pending).toEqual([]);
  expect(heard.added).toEqual([1]);
});

test('S5: what was not confirmed is said again after coming back, in its order', () => {
  const session = TriedSession.here();
  for (const id of ['m1', 'm2', 'm3']) session.say(id);
  session.hearEntries(entryOf(1, 'm1'));
  session.lose();
  session.say('m4');
  expect(session.take().pending).toEqual(['m2', 'm3', 'm4']);
  session.comeBack({ resumed: true, log: at(1) });
  expect(session.take().said).toEqual(['m2', 'm3', 'm4']);
});

test('what the welcome already has is not said again', () => {
  const session = TriedSession.here();
  for (const id of ['m1', 'm2']) session.say(id);
  session.lose();
  session.take();
  session.comeBack({ resumed: true, log: at(1), entries: [entryOf(1, 'm1')] });
  const back = session.take();
  expect(back.said).toEqual(['m2']);
  expect(back.pending).toEqual(['m2']);
});

test('what is typed before the first welcome is said with it', () => {
  const session = new TriedSession();
  session.say('m1');
  session.input({ type: 'start' });
  session.say('m2');
  session.input({ type: 'opened' });
  expect(session.take().said).toEqual([]);
  session.comeIn();
  expect(session.take().said).toEqual(['m1', 'm2']);
});

test('an entry confirms at once, beyond a gap too: the room may have forgotten it later', () => {
  const session = TriedSession.here({ log: at(3) });
  session.say('m1');
  session.take();
  session.hearEntries(entryOf(9, 'm1'));
  expect(session.take().pending).toEqual([]);
});

function withRefused(): TriedSession {
  const session = TriedSession.here();
  for (const id of ['m1', 'm2']) session.say(id);
  session.hear(refusal('text-too-long', 'm1'));
  return session;
}

describe('R1: refused messages', () => {
  test('stay, with the reason, and are not said again by themselves', () => {
    const session = withRefused();
    expect(session.take().last('pending')?.pending).toMatchObject([
      { id: 'm1', refused: { code: 'text-too-long' } },
      { id: 'm2', refused: null },
    ]);
    session.lose();
    session.comeBack({ resumed: true });
    expect(session.take().said).toEqual(['m2']);
  });

  test('are tried again on request, as the last', () => {
    const session = withRefused();
    session.take();
    session.input({ type: 'retry', id: 'm1' });
    const retried = session.take();
    expect(retried.said).toEqual(['m1']);
    expect(retried.pending).toEqual(['m2', 'm1']);
    session.input({ type: 'retry', id: 'm1' });
    session.input({ type: 'retry', id: 'unknown' });
    expect(session.take().kinds).toEqual([]);
  });

  test('retried while away are said on coming back', () => {
    const session = withRefused();
    session.lose();
    session.take();
    session.input({ type: 'retry', id: 'm1' });
    expect(session.take().said).toEqual([]);
    session.comeBack({ resumed: true });
    expect(session.take().said).toEqual(['m2', 'm1']);
  });

  test('are dropped on request', () => {
    const session = withRefused();
    session.take();
    session.input({ type: 'cancel', id: 'm1' });
    expect(session.take().pending).toEqual(['m2']);
    session.input({ type: 'cancel', id: 'm1' });
    expect(session.take().kinds).toEqual([]);
  });
});

describe('requests', () => {
  test('N5: a rename is answered by the change it brings', () => {
    const session = TriedSession.here();
    session.input({ type: 'ask', request: { type: 'rename', id: 'r1', name: 'Anna' } });
    const change = { change: 'renamed', id: 'ann', before: 'Ann', name: 'Anna', count: 2 } as const;
    session.hear({ type: 'presence', changes: [{ ...change, id: 'bo' }] });
    expect(session.take().last('answer')).toBeUndefined();
    session.hear({ type: 'presence', changes: [change] });
    expect(session.take().last('answer')).toMatchObject({ id: 'r1', answer: { ok: true } });
    session.lose();
    session.input({ type: 'timer' });
    session.input({ type: 'opened' });
    expect(session.take().sent[0]).toMatchObject({ type: 'hello', name: 'Anna' });
  });

  test('a refused rename says why, and the next one is answered for itself', () => {
    const session = TriedSession.here();
    for (const [id, name] of Object.entries({ r1: 'Bo', r2: 'Anna' })) {
      session.input({ type: 'ask', request: { type: 'rename', id, name } });
    }
    session.hear(refusal('name-taken', 'r1'));
    expect(session.take().last('answer')).toMatchObject({
      id: 'r1',
      answer: { problem: { code: 'name-taken' } },
    });
    const change = { change: 'renamed', id: 'ann', before: 'Ann', name: 'Anna', count: 2 } as const;
    session.hear({ type: 'presence', changes: [change] });
    expect(session.take().last('answer')).toMatchObject({ id: 'r2', answer: { ok: true } });
  });

  test('O12: who is asked and answered', () => {
    const session = TriedSession.here();
    session.input({ type: 'ask', request: { type: 'who', id: 'w1' } });
    session.hear({ type: 'roster', id: 'w1', roster: [] });
    session.hear({ type: 'roster', id: 'w1', roster: [] });
    const answers = session.take().told.filter(({ type }) => type === 'answer');
    expect(answers).toEqual([
      { type: 'answer', id: 'w1', answer: { ok: true, type: 'who', roster: [] } },
    ]);
  });

  test('while not here are refused at once; those under way fail with the connection', () => {
    const session = TriedSession.here();
    session.input({ type: 'ask', request: { type: 'who', id: 'w1' } });
    session.lose();
    expect(session.take().last('answer')).toMatchObject({
      id: 'w1',
      answer: { ok: false, problem: { code: 'connection-lost' } },
    });
    session.input({ type: 'ask', request: { type: 'who', id: 'w2' } });
    expect(session.take().last('answer')).toMatchObject({
      answer: { problem: { code: 'not-here' } },
    });
  });
});

describe('E1: what is signed', () => {
  test('is what was said, when it was written, in this room', () => {
    const session = TriedSession.here();
    session.now = 5_000;
    session.say('m1', 'hello\nall');
    expect(session.take().signed).toEqual([
      {
        type: 'sign-and-send',
        message: { type: 'say', id: 'm1', text: 'hello\nall', written: 5_000 },
        content: 'lanyard said 1\nroom-1\nm1\n5000\nhello\nall',
      },
    ]);
  });

  test('E2: stays the same however often it is sent', () => {
    const session = TriedSession.here();
    session.say('m1');
    const [first] = session.take().signed;
    session.lose();
    session.now += 60_000;
    session.comeBack({ resumed: true });
    expect(session.take().signed).toEqual([first]);
  });

  test('M1: is what is done, and to whom', () => {
    const session = TriedSession.here();
    const request = { type: 'act', id: 'a1', act: 'ban', on: 'bo', written: 7 } as const;
    session.input({ type: 'ask', request });
    expect(session.take().signed).toEqual([
      {
        type: 'sign-and-send',
        message: request,
        content: 'lanyard act 1\nroom-1\na1\n7\nban\nbo',
      },
    ]);
  });
});

describe('M1: an act', () => {
  const request = { type: 'act', id: 'a1', act: 'lock', on: '', written: 7 } as const;

  test('is answered by its entry', () => {
    const session = TriedSession.here();
    session.input({ type: 'ask', request });
    session.hearEntries(entryOf(1, 'another'));
    expect(session.take().last('answer')).toBeUndefined();
    session.hearEntries(entryOf(2, 'a1'));
    expect(session.take().last('answer')).toMatchObject({ id: 'a1', answer: { ok: true } });
  });

  test('that is refused says why', () => {
    const session = TriedSession.here();
    session.input({ type: 'ask', request });
    session.hear(refusal('not-allowed', 'a1'));
    expect(session.take().last('answer')).toMatchObject({
      answer: { problem: { code: 'not-allowed' } },
    });
  });
});

test('M3: who is banned is asked and answered', () => {
  const session = TriedSession.here();
  session.input({ type: 'ask', request: { type: 'bans', id: 'b1' } });
  const bans = [{ id: 'cem', name: 'Cem', by: 'Bo', at: 1 }];
  session.hear({ type: 'bans', id: 'b1', bans });
  expect(session.take().last('answer')).toMatchObject({ id: 'b1', answer: { ok: true, bans } });
});

function slowed(): TriedSession {
  const session = TriedSession.here({ room: { ...ROOM, slowSeconds: 30 } });
  for (const id of ['m1', 'm2', 'm3']) session.say(id);
  session.hearEntries(entryOf(1, 'm1'));
  for (const id of ['m2', 'm3']) session.hear({ ...refusal('slow-mode', id), seconds: 30 });
  return session;
}

describe('M2: slow mode', () => {
  test('holds what is typed until it is one’s turn, in its order, the first marked', () => {
    const session = slowed();
    const paused = session.take();
    expect(paused.wakeAt).toBe(session.now + 30_000);
    expect(paused.pending).toEqual(['m2', 'm3']);
    session.say('m4');
    expect(session.take().said).toEqual([]);
    session.now += 30_000;
    session.input({ type: 'timer' });
    expect(session.take().sent).toMatchObject([
      { type: 'say', id: 'm2', again: true },
      { type: 'say', id: 'm3' },
      { type: 'say', id: 'm4' },
    ]);
  });

  test('does not hold up catching up', () => {
    const session = slowed();
    session.take();
    session.hearEntries(entryOf(9));
    const [request] = session.take().sent;
    expect(request).toMatchObject({ type: 'history', after: 1 });
    if (request?.type !== 'history') throw new Error('no page was asked for');
    session.hear({ type: 'page', id: request.id, entries: entriesOf(2, 9), more: false });
    const caughtUp = session.take();
    expect(caughtUp.added).toHaveLength(8);
    expect(caughtUp.said).toEqual([]);
  });

  test('that ends lets everything out at once', () => {
    const session = slowed();
    session.take();
    session.hear({ type: 'room', room: { ...ROOM, slowSeconds: 20 } });
    expect(session.take().said).toEqual([]);
    session.hear({ type: 'room', room: ROOM });
    expect(session.take().said).toEqual(['m2', 'm3']);
  });
});

test('M2: what a muted member says stays with it, and can be said again later', () => {
  const session = TriedSession.here();
  session.say('m1');
  session.hear(refusal('muted', 'm1'));
  expect(session.take().last('pending')?.pending).toMatchObject([{ refused: { code: 'muted' } }]);
  session.input({ type: 'retry', id: 'm1' });
  expect(session.take().said).toEqual(['m1']);
});

describe('R1: a refusal whose code is not known', () => {
  const problem = { code: 'unknown-refusal', details: { sentence: 'Not on Mondays.' } } as const;

  test('is kept with what the room says, for a message and for a request', () => {
    const session = TriedSession.here();
    session.input({ type: 'say', id: 'm1', text: 'Hi' });
    session.hear({ type: 'refused', id: 'm1', ...problem });
    expect(session.take().last('pending')?.pending).toMatchObject([{ id: 'm1', refused: problem }]);
    session.input({ type: 'ask', request: { type: 'who', id: 'w1' } });
    session.hear({ type: 'refused', id: 'w1', ...problem });
    expect(session.take().last('answer')?.answer).toEqual({ ok: false, problem });
  });

  test('on the way in ends with why the connection was closed', () => {
    const session = new TriedSession();
    session.input({ type: 'start' });
    session.input({ type: 'opened' });
    session.hear({ type: 'refused', ...problem });
    session.lose('not-admitted');
    expect(session.take().last('status')?.status).toEqual({
      state: 'ended',
      reason: 'not-admitted',
    });
  });
});
