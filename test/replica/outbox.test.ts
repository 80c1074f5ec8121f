import { describe, expect, test } from 'vitest';
import { REFUSAL_CODES } from '../../main/model/error-codes.ts';
import { refusal } from '../../main/wire/refusals.ts';
import { TALK } from '../simulation/names.ts';
import { logTo, TriedLog } from './tried-log.ts';
import { ANN, BO, idOf, itemOf, ROOM, TriedSession } from './tried-session.ts';

/** The event of Ann's with this label, as a hub enters it. */
const eventOf = (label: string) => itemOf(label).event;

test('S1, S2: what is posted waits until it comes back', () => {
  const session = TriedSession.here();
  session.say('m1');
  const said = session.take();
  expect(said.said).toEqual(['m1']);
  expect(said.waiting).toEqual(['m1']);
  const log = new TriedLog();
  log.add(eventOf('m1'));
  session.hear(log.news(0));
  const heard = session.take();
  expect(heard.waiting).toEqual([]);
  expect(heard.added).toEqual([1]);
});

test('S2: it is sent as it was signed, but for the room, which is the connection’s', () => {
  const session = TriedSession.here();
  const { id, event } = itemOf('m1');
  session.say('m1');
  const { room: _, ...posted } = event;
  expect(session.take().sent).toEqual([{ type: 'post', id, event: posted }]);
  session.lose();
  session.now += 60_000;
  session.comeBack({});
  expect(session.take().sent.at(-1)).toEqual({ type: 'post', id, event: posted });
});

test('S5: what was not confirmed is posted again after coming back, in its order', () => {
  const session = TriedSession.here();
  for (const label of ['m1', 'm2', 'm3']) session.say(label);
  const log = new TriedLog();
  log.add(eventOf('m1'));
  session.hear(log.news(0));
  session.lose();
  session.say('m4');
  expect(session.take().waiting).toEqual(['m2', 'm3', 'm4']);
  session.comeBack({ log, common: 1 });
  expect(session.take().said).toEqual(['m2', 'm3', 'm4']);
});

test('what the welcome already has is not posted again', () => {
  const session = TriedSession.here();
  for (const label of ['m1', 'm2']) session.say(label);
  session.lose();
  session.take();
  const log = new TriedLog();
  log.add(eventOf('m1'));
  session.comeBack({ log, common: 0 });
  const back = session.take();
  expect(back.said).toEqual(['m2']);
  expect(back.waiting).toEqual(['m2']);
});

test('what is posted before the first welcome is sent with it', () => {
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
  const log = logTo(3);
  const session = TriedSession.here({ log });
  session.say('m1');
  session.take();
  log.fill(8).add(eventOf('m1'));
  session.hear(log.news(8));
  expect(session.take().waiting).toEqual([]);
});

test('S5: what the room says it has is in it', () => {
  const session = TriedSession.here();
  for (const label of ['m1', 'm2']) session.say(label);
  session.hear({ type: 'confirmed', id: idOf('m1') });
  expect(session.take().waiting).toEqual(['m2']);
  session.hear({ type: 'confirmed', id: idOf('never posted') });
  expect(session.take().kinds).toEqual([]);
});

test('B6: no more than 32 are on their way at once', () => {
  const session = TriedSession.here();
  for (let n = 0; n < 40; n += 1) session.say(`m${n}`);
  expect(session.take().said).toHaveLength(32);
  const log = new TriedLog();
  for (let n = 0; n < 3; n += 1) log.add(eventOf(`m${n}`));
  session.hear(log.news(0));
  expect(session.take().said).toEqual(['m32', 'm33', 'm34']);
});

/** Ann's two are items 4 and 5; items 1 to 3 and 6 are the host's. */
function confirmed() {
  const log = logTo(3);
  const session = TriedSession.here({ log });
  for (const label of ['m1', 'm2']) {
    session.say(label);
    log.add(eventOf(label));
  }
  log.add();
  session.hear(log.news(3));
  return { log, session };
}

describe('L8: what is in the log is kept until the room vouches for it', () => {
  test('by a head', () => {
    const { log, session } = confirmed();
    const heard = session.take();
    expect([heard.waiting, heard.kept]).toEqual([[], ['m1', 'm2']]);
    session.hear(log.head(3));
    expect(session.take().kept).toBeUndefined();
    session.hear(log.head(4));
    expect(session.take().kept).toEqual(['m2']);
    session.hear(log.head(6));
    expect(session.take().kept).toEqual([]);
  });

  test('by a head that comes before the copy has come so far', () => {
    const log = logTo(3);
    const session = TriedSession.here({ log });
    session.say('m1');
    log.fill(8).add(eventOf('m1'));
    session.hear(log.news(8));
    session.hear(log.head());
    const request = session.take().asked;
    session.hear(log.page(request?.id ?? '', 3));
    expect(session.take().kept).toEqual([]);
  });

  test('by a head in a welcome', () => {
    const { log, session } = confirmed();
    session.lose();
    session.take();
    session.comeBack({ log, common: 6, state: { head: log.head(4) } });
    expect(session.take().kept).toEqual(['m2']);
  });

  test('by the record of the next epoch, as far as both have it', () => {
    const { log, session } = confirmed();
    session.lose();
    session.take();
    session.comeBack({ log: log.restarted(), common: 6 });
    const back = session.take();
    expect(back.kept).toEqual([]);
    expect(back.said).toEqual([]);
  });

  test('where the room says that it has it, by a head of all that was told by then', () => {
    const log = logTo(3);
    const session = TriedSession.here({ log });
    session.say('m1');
    log.fill(8);
    session.hear(log.news(7));
    session.hear(log.head());
    const request = session.take().asked;
    log.add(eventOf('m1'));
    log.add();
    session.hear(log.news(9));
    session.hear({ type: 'confirmed', id: idOf('m1') });
    expect(session.take().waiting).toEqual([]);
    // It is item 9, and this is as much as is known: up to 8 the room has vouched for.
    session.hear(log.page(request?.id ?? '', 3, 8));
    expect(session.take().kept).toBeUndefined();
    session.hear(log.head());
    session.hear(log.news(8));
    expect(session.take().kept).toEqual([]);
  });

  test('where the room says that it has it, by a head that came before, of all there is', () => {
    const log = logTo(3);
    const session = TriedSession.here({ log });
    session.hear(log.head());
    session.say('m1');
    session.take();
    session.hear({ type: 'confirmed', id: idOf('m1') });
    expect(session.take().kept).toEqual([]);
  });

  test('by none in another conversation', () => {
    const { log, session } = confirmed();
    session.take();
    session.hear({ ...log.head(), conversation: ROOM.id });
    expect(session.take().kept).toBeUndefined();
  });

  test('also by one that comes when this device has started again', () => {
    const log = logTo(3);
    log.add(eventOf('m1'));
    const ancestry = [{ epoch: log.epoch.id, seq: 4 }];
    const kept = idOf('m1');
    const seqOf = (id: string) => (id === kept ? 4 : null);
    const copy = { ...log.copy(), ancestry, seqOf };
    const session = new TriedSession({
      roomId: ROOM.id,
      you: ANN.id,
      outbox: [itemOf('m1'), itemOf('m2')],
      copyOf: (_room, conversation) => (conversation === TALK ? copy : null),
    });
    session.comeIn({ log, common: 4 });
    expect(session.take().said).toEqual(['m2']);
    session.hear(log.head());
    expect(session.take().kept).toEqual(['m2']);
  });
});

/** Ann's are items 4 and 6; the others are the host's. */
function confirmedAndLost() {
  const log = logTo(3);
  const session = TriedSession.here({ log });
  for (const label of ['m1', 'm2']) session.say(label);
  log.add(eventOf('m1'));
  log.add();
  log.add(eventOf('m2'));
  session.hear(log.news(3));
  expect(session.take().waiting).toEqual([]);
  session.lose();
  session.take();
  return { log, session };
}

describe('L8, S5: what the room has lost before it vouched for it', () => {
  test('is posted again where the log goes on before it', () => {
    const { log, session } = confirmedAndLost();
    const next = log.restarted(5);
    session.comeBack({ log: next, common: 5 });
    const back = session.take();
    expect(back.said).toEqual(['m2']);
    expect(back.waiting).toEqual(['m2']);
    next.add(eventOf('m2'));
    session.hear(next.news(5));
    expect(session.take().waiting).toEqual([]);
  });

  test('is posted again where the log is another one', () => {
    const { log, session } = confirmedAndLost();
    session.comeBack({ log: log.restarted(0) });
    expect(session.take().said).toEqual(['m1', 'm2']);
  });

  test('is not posted again where the log is whole', () => {
    for (const isRestarted of [false, true]) {
      const { log, session } = confirmedAndLost();
      session.comeBack({ log: isRestarted ? log.restarted() : log, common: 6 });
      expect(session.take().said).toEqual([]);
    }
  });

  test('is not what the room has forgotten since', () => {
    const { log, session } = confirmedAndLost();
    log.fill(9);
    session.comeBack({ log, common: 6, after: 8, state: { floor: log.place(8) } });
    const back = session.take();
    expect(back.last('reset')).toMatchObject({ conversation: TALK, after: { seq: 8 } });
    expect(back.said).toEqual([]);
  });

  test.for([
    ['the same epoch', (log: TriedLog) => log],
    ['the epoch before', (log: TriedLog) => log.restarted()],
  ] as const)('is not what was heard beyond a gap in %s', ([, after]) => {
    const log = logTo(3);
    const session = TriedSession.here({ log });
    session.say('m1');
    log.fill(8).add(eventOf('m1'));
    session.hear(log.news(8));
    session.lose();
    session.take();
    const state = { entries: log.between(3, 5) };
    session.comeBack({ log: after(log), common: 3, state });
    expect(session.take().said).toEqual([]);
  });
});

describe('X17: what is redacted', () => {
  test('is in no outbox any more, whether it was sent or not', () => {
    const log = new TriedLog();
    const session = TriedSession.here();
    for (const label of ['m1', 'm2']) session.say(label);
    log.add(eventOf('m1'));
    session.hear(log.news(0));
    session.take();
    for (const label of ['m1', 'm2']) {
      log.add(itemOf(`redaction of ${label}`, [{ as: 'to', id: idOf(label) }]).event);
    }
    session.hear(log.news(1));
    expect(session.take().kept).toEqual([]);
    session.lose();
    session.comeBack({ log, common: 3 });
    expect(session.take().said).toEqual([]);
  });

  test('is erased also by what is beyond a gap', () => {
    const log = logTo(3);
    const session = TriedSession.here({ log });
    session.say('m1');
    session.take();
    log.fill(8).add(itemOf('redaction of m1', [{ as: 'to', id: idOf('m1') }]).event);
    session.hear(log.news(8));
    expect(session.take().kept).toEqual([]);
  });

  test('is not erased by what its author has not signed, wherever it comes', () => {
    for (const gap of [0, 5]) {
      const log = new TriedLog();
      const session = TriedSession.here({ log });
      session.say('m1');
      session.take();
      const { event } = itemOf('redaction of m1', [{ as: 'to', id: idOf('m1') }]);
      log.fill(gap).add({ ...event, signature: 's'.repeat(86) });
      session.hear(log.news(gap));
      expect(session.take().kept).toBeUndefined();
    }
  });

  test('is not erased by what merely refers to it', () => {
    const log = new TriedLog();
    const session = TriedSession.here();
    session.say('m1');
    session.take();
    log.add(itemOf('an answer', [{ as: 're', id: idOf('m1') }]).event);
    log.add(itemOf('redaction of another', [{ as: 're', id: idOf('m1') }]).event);
    session.hear(log.news(0));
    expect(session.take().kept).toBeUndefined();
  });
});

function withRefused(): TriedSession {
  const session = TriedSession.here();
  for (const label of ['m1', 'm2']) session.say(label);
  session.hear(refusal('text-too-long', idOf('m1')));
  return session;
}

describe('R1: refused messages', () => {
  test('stay, with the reason, and are not said again by themselves', () => {
    const session = withRefused();
    expect(session.take().last('outbox')?.waiting).toMatchObject([
      { id: idOf('m1'), refused: { code: 'text-too-long' } },
      { id: idOf('m2'), refused: null },
    ]);
    session.lose();
    session.comeBack({});
    expect(session.take().said).toEqual(['m2']);
  });

  test('are tried again on request, as the last', () => {
    const session = withRefused();
    session.take();
    session.input({ type: 'retry', id: idOf('m1') });
    const retried = session.take();
    expect(retried.said).toEqual(['m1']);
    expect(retried.waiting).toEqual(['m2', 'm1']);
    session.input({ type: 'retry', id: idOf('m1') });
    session.input({ type: 'retry', id: idOf('unknown') });
    expect(session.take().kinds).toEqual([]);
  });

  test('retried while away are said on coming back', () => {
    const session = withRefused();
    session.lose();
    session.take();
    session.input({ type: 'retry', id: idOf('m1') });
    expect(session.take().said).toEqual([]);
    session.comeBack({});
    expect(session.take().said).toEqual(['m2', 'm1']);
  });

  test('are dropped on request', () => {
    const session = withRefused();
    session.take();
    session.input({ type: 'cancel', id: idOf('m1') });
    expect(session.take().waiting).toEqual(['m2']);
    session.input({ type: 'cancel', id: idOf('m1') });
    expect(session.take().kinds).toEqual([]);
  });
});

test.for(REFUSAL_CODES)('R1: %s of what is in the log already changes nothing', (code) => {
  const session = TriedSession.here();
  session.say('m1');
  const log = new TriedLog();
  log.add(eventOf('m1'));
  session.hear(log.news(0));
  session.take();
  session.hear(refusal(code, idOf('m1')));
  expect(session.take().waiting ?? []).toEqual([]);
});

describe('requests', () => {
  test('N5: a rename is answered by the change it brings', () => {
    const session = TriedSession.here();
    session.input({ type: 'ask', request: { type: 'rename', id: 'r1', name: 'Anna' } });
    const change = {
      change: 'renamed',
      id: ANN.id,
      before: 'Ann',
      name: 'Anna',
      count: 2,
    } as const;
    session.hear({ type: 'presence', changes: [{ ...change, id: BO.id }] });
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
    const change = {
      change: 'renamed',
      id: ANN.id,
      before: 'Ann',
      name: 'Anna',
      count: 2,
    } as const;
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

/** Asks for something of Ann's to be entered, at once or not at all. */
function asking(): TriedSession {
  const session = TriedSession.here();
  const { id, event } = itemOf('a1');
  const { room: _, ...posted } = event;
  session.input({ type: 'ask', request: { type: 'post', id, event: posted } });
  expect(session.take().sent).toEqual([{ type: 'post', id, event: posted }]);
  return session;
}

describe('M1: an act', () => {
  test('is answered by its entry', () => {
    const session = asking();
    const log = new TriedLog();
    log.add(eventOf('another'));
    session.hear(log.news(0));
    expect(session.take().last('answer')).toBeUndefined();
    log.add(eventOf('a1'));
    session.hear(log.news(1));
    expect(session.take().last('answer')).toMatchObject({ id: idOf('a1'), answer: { ok: true } });
  });

  test('is answered by its entry beyond a gap, and when it is there already', () => {
    const session = asking();
    const log = logTo(5);
    log.add(eventOf('a1'));
    session.hear(log.news(5));
    expect(session.take().last('answer')).toMatchObject({ id: idOf('a1'), answer: { ok: true } });
    const other = asking();
    other.hear({ type: 'confirmed', id: idOf('a1') });
    expect(other.take().last('answer')).toMatchObject({ id: idOf('a1'), answer: { ok: true } });
  });

  test('that is refused says why, and is in no outbox', () => {
    const session = asking();
    session.hear(refusal('not-allowed', idOf('a1')));
    const refused = session.take();
    expect(refused.last('answer')).toMatchObject({ answer: { problem: { code: 'not-allowed' } } });
    expect(refused.last('outbox')).toBeUndefined();
  });
});

test('M3: who is banned is asked and answered', () => {
  const session = TriedSession.here();
  session.input({ type: 'ask', request: { type: 'bans', id: 'b1' } });
  const bans = [{ id: 'cem', name: 'Cem', by: 'Bo', at: 1 }];
  session.hear({ type: 'bans', id: 'b1', bans });
  expect(session.take().last('answer')).toMatchObject({ id: 'b1', answer: { ok: true, bans } });
});

function slowed() {
  const session = TriedSession.here({ room: { ...ROOM, slowSeconds: 30 } });
  for (const label of ['m1', 'm2', 'm3']) session.say(label);
  const log = new TriedLog();
  log.add(eventOf('m1'));
  session.hear(log.news(0));
  for (const label of ['m2', 'm3']) {
    session.hear({ ...refusal('slow-mode', idOf(label)), seconds: 30 });
  }
  return { session, log };
}

describe('M2: slow mode', () => {
  test('holds what is typed until it is one’s turn, in its order, the first marked', () => {
    const { session } = slowed();
    const paused = session.take();
    expect(paused.wakeAt).toBe(session.now + 30_000);
    expect(paused.waiting).toEqual(['m2', 'm3']);
    session.say('m4');
    expect(session.take().said).toEqual([]);
    session.now += 30_000;
    session.input({ type: 'timer' });
    expect(session.take().sent).toMatchObject([
      { type: 'post', id: idOf('m2'), again: true },
      { type: 'post', id: idOf('m3') },
      { type: 'post', id: idOf('m4') },
    ]);
  });

  test('does not hold up catching up', () => {
    const { session, log } = slowed();
    session.take();
    log.fill(9);
    session.hear(log.news(8));
    const [request] = session.take().sent;
    expect(request).toMatchObject({ type: 'history', after: 1 });
    if (request?.type !== 'history') throw new Error('no page was asked for');
    session.hear(log.page(request.id, 1));
    const caughtUp = session.take();
    expect(caughtUp.added).toHaveLength(8);
    expect(caughtUp.said).toEqual([]);
  });

  test('that ends lets everything out at once', () => {
    const { session } = slowed();
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
  session.hear(refusal('muted', idOf('m1')));
  expect(session.take().last('outbox')?.waiting).toMatchObject([{ refused: { code: 'muted' } }]);
  session.input({ type: 'retry', id: idOf('m1') });
  expect(session.take().said).toEqual(['m1']);
});

describe('R1: a refusal whose code is not known', () => {
  const problem = { code: 'unknown-refusal', details: { sentence: 'Not on Mondays.' } } as const;

  test('is kept with what the room says, for a message and for a request', () => {
    const session = TriedSession.here();
    const id = session.say('m1');
    session.hear({ type: 'refused', id, ...problem });
    expect(session.take().last('outbox')?.waiting).toMatchObject([{ id, refused: problem }]);
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
