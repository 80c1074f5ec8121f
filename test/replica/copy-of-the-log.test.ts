import { expect, test } from 'vitest';
import { ANCESTRY_MAX, PAGE_MAX } from '../../main/protocol/limits.ts';
import { encodeClientMessage } from '../../main/wire/encode.ts';
import { parseClientMessage } from '../../main/wire/parse.ts';
import { hash } from '../simulation/crypto.ts';
import { TALK } from '../simulation/names.ts';
import { logTo } from './tried-log.ts';
import type { TriedLog } from './tried-log.ts';
import { TriedSession, welcomeOf } from './tried-session.ts';
import type { Done } from './tried-session.ts';

/** The request for a page among what was sent. */
function askedIn(done: Done) {
  const request = done.asked;
  if (!request) throw new Error('no page was asked for');
  return request;
}

/** One that is in a room with so much in it, with a copy of all. */
function upTo(count: number): { readonly session: TriedSession; readonly log: TriedLog } {
  const log = logTo(count);
  return { log, session: TriedSession.here({ log }) };
}

test('W4: the first welcome starts the copy', () => {
  const log = logTo(7);
  const session = new TriedSession();
  session.comeIn({ log, after: 4 });
  const welcomed = session.take();
  expect(welcomed.told).toContainEqual({
    type: 'reset',
    conversation: TALK,
    after: log.place(4),
  });
  expect(welcomed.last('entries')).toEqual({
    type: 'entries',
    conversation: TALK,
    entries: log.between(4),
  });
  log.add();
  session.hear(log.news(7));
  expect(session.take().added).toEqual([8]);
});

test('L5: what it adds is numbered, known by its id and linked as in the log', () => {
  const { session, log } = upTo(3);
  log.fill(5);
  session.hear(log.news(3));
  expect(session.take().last('entries')?.entries).toEqual(log.between(3));
});

test('an entry heard twice is added once', () => {
  const { session, log } = upTo(3);
  log.fill(4);
  for (const [after, last] of [
    [3, 4],
    [3, 4],
    [1, 2],
    [0, 4],
  ] as const) {
    session.hear(log.news(after, last));
  }
  expect(session.take().added).toEqual([4]);
});

test('L4: what is in between is fetched page by page, asked for once at a time', () => {
  const { session, log } = upTo(2);
  log.fill(501);
  session.hear(log.news(499, 500));
  session.hear(log.news(500, 501));
  const asked = session.take();
  expect(asked.added).toEqual([]);
  expect(asked.sent).toMatchObject([
    { type: 'history', conversation: TALK, after: 2, limit: PAGE_MAX },
  ]);
  let request = asked.sent[0];
  const added: number[] = [];
  for (let seq = 3; seq <= 501; seq += 200) {
    if (request?.type !== 'history') throw new Error('no page was asked for');
    session.hear(log.page(request.id, seq - 1, seq + 199));
    const done = session.take();
    added.push(...done.added);
    [request] = done.sent;
  }
  expect(added).toEqual(log.between(2).map(({ seq }) => seq));
  expect(request).toBeUndefined();
});

test('W5: a welcome that resumes and does not reach the end is continued', () => {
  const { session, log } = upTo(10);
  session.lose();
  log.fill(400);
  session.comeBack({ log, common: 10, state: { entries: log.between(10, 210) } });
  const back = session.take();
  expect(back.added).toHaveLength(200);
  expect(askedIn(back)).toMatchObject({ after: 210 });
  expect(back.last('reset')?.conversation).not.toBe(TALK);
});

test('a catch-up that the connection did not survive begins again', () => {
  const { session, log } = upTo(1);
  log.fill(9);
  session.hear(log.news(8));
  session.lose();
  session.comeBack({ log, common: 1 });
  expect(session.take().added).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  log.add();
  session.hear(log.news(9));
  expect(session.take().added).toEqual([10]);
});

test('L4: a page that entries told again have overtaken does not end the catching up', () => {
  const { session, log } = upTo(10);
  session.lose();
  log.fill(400);
  session.comeBack({ log, common: 10, state: { entries: log.between(10, 20) } });
  const request = askedIn(session.take());
  session.hear(log.news(20, 25));
  session.hear(log.page(request.id, 20, 24));
  expect(askedIn(session.take())).toMatchObject({ after: 25 });
});

test('L2, L6: the next epoch goes on with the copy', () => {
  const { session, log } = upTo(50);
  session.lose();
  const next = log.restarted().fill(52);
  session.comeBack({ log: next, common: 50 });
  const back = session.take();
  expect(back.last('entries')?.entries).toEqual(next.between(50));
  session.lose();
  session.input({ type: 'timer' });
  session.input({ type: 'opened' });
  expect(session.take().ancestry).toEqual([
    { epoch: next.epoch.id, seq: 52 },
    { epoch: log.epoch.id, seq: 50 },
  ]);
});

test('H5: of many epochs the hello names the newest that a hub reads', () => {
  let log = logTo(1);
  for (let count = 2; count <= ANCESTRY_MAX + 6; count += 1) log = log.restarted().fill(count);
  const session = TriedSession.here({ log });
  session.lose();
  session.input({ type: 'timer' });
  session.input({ type: 'opened' });
  const hello = session.take().sent[0];
  if (hello?.type !== 'hello') throw new Error('no hello was said');
  expect(parseClientMessage(encodeClientMessage(hello))).toEqual({ ok: true, message: hello });
  expect(hello.resume[0]?.ancestry[0]).toEqual({ epoch: log.epoch.id, seq: ANCESTRY_MAX + 6 });
});

test('H5: what the room has lost the copy loses too, and goes on from there', () => {
  const { session, log } = upTo(50);
  session.lose();
  const next = log.restarted(40).fill(43);
  session.comeBack({ log: next, common: 40 });
  const back = session.take();
  expect(back.last('truncated')).toMatchObject({ conversation: TALK, last: 40 });
  expect(back.last('entries')?.entries).toEqual(next.between(40));
});

test('H5: a copy that is cut has come only through the epochs that are left', () => {
  const { session, log } = upTo(5);
  const second = log.restarted().fill(8);
  const third = second.restarted().fill(10);
  for (const [next, common] of [
    [second, 5],
    [third, 8],
  ] as const) {
    session.lose();
    session.comeBack({ log: next, common });
  }
  session.lose();
  session.comeBack({ log: log.restarted(4), common: 4 });
  session.lose();
  session.take();
  session.input({ type: 'timer' });
  session.input({ type: 'opened' });
  expect(session.take().ancestry).toEqual([{ epoch: log.epoch.id, seq: 4 }]);
});

test('L2: a log with nothing in common is another one', () => {
  const { session } = upTo(50);
  session.lose();
  const other = logTo(50).restarted(0).fill(2);
  session.comeBack({ log: other });
  const back = session.take();
  expect(back.last('reset')).toMatchObject({ conversation: TALK, after: { seq: 0 } });
  expect(back.added).toEqual([1, 2]);
  other.add();
  session.hear(other.news(2));
  expect(session.take().added).toEqual([3]);
});

test('L9: what was forgotten meanwhile is passed over', () => {
  const { session, log } = upTo(5);
  session.lose();
  log.fill(30);
  session.comeBack({ log, common: 5, after: 20, state: { floor: log.place(20) } });
  const back = session.take();
  expect(back.last('reset')).toMatchObject({ after: log.place(20) });
  expect(back.last('forgotten')).toEqual({ type: 'forgotten', conversation: TALK, floor: 20 });
  expect(back.added[0]).toBe(21);
  session.hear({ type: 'floor', conversation: TALK, floor: log.place(25) });
  expect(session.take().last('forgotten')).toMatchObject({ floor: 25 });
});

test('L9: also by a page', () => {
  const { session, log } = upTo(5);
  log.fill(300);
  session.hear(log.news(299));
  const request = askedIn(session.take());
  session.hear(log.page(request.id, 100, 200));
  const paged = session.take();
  expect(paged.told.map(({ type }) => type)).toEqual(['reset', 'entries']);
  expect(paged.last('reset')).toMatchObject({ after: log.place(100) });
  expect(paged.last('entries')?.entries).toEqual(log.between(100, 200));
  expect(askedIn(paged)).toMatchObject({ after: 200 });
});

test.for([
  ['nothing', () => []],
  ['what is known already', (log: TriedLog) => log.between(0)],
] as const)('a hub whose page is %s is not asked for ever', ([, entriesOf]) => {
  const { session, log } = upTo(1);
  const far = { ...logTo(2).between(1)[0], seq: 2 ** 40 };
  session.hear({ ...log.news(0), after: 2 ** 40 - 1, entries: [{ ...log.add(), ...far }] });
  let asked = 0;
  for (let [request] = session.take().sent; request; [request] = session.take().sent) {
    if (request.type !== 'history') throw new Error('something else than a page was asked for');
    asked += 1;
    expect(asked).toBeLessThan(4);
    session.hear({ ...log.page(request.id, 1, 1), entries: entriesOf(logTo(1)) });
  }
  expect(asked).toBeGreaterThan(0);
});

test('history somebody asked for goes to them, not into the copy, with its links', () => {
  const log = logTo(300);
  const session = TriedSession.here({ log, after: 100 });
  const wanted = { conversation: TALK, before: 101, limit: 50 };
  session.input({ type: 'ask', request: { type: 'history', id: 'mine', ...wanted } });
  session.hear(log.page('mine', 50, 100));
  const done = session.take();
  expect(done.sent).toEqual([{ type: 'history', id: 'mine', ...wanted }]);
  expect(done.added).toEqual([]);
  const answer = { ok: true, after: log.place(50), entries: log.between(50, 100), more: true };
  expect(done.last('answer')).toMatchObject({ id: 'mine', answer });
});

test('a log of a conversation that is not known is passed over', () => {
  const log = logTo(3);
  const { logs } = welcomeOf({ log });
  const other = { ...log.state(null), conversation: hash('another') };
  const session = new TriedSession();
  session.comeIn({ logs: [...logs, other], epoch: log.epoch.record });
  const welcomed = session.take();
  expect(welcomed.last('status')?.status.state).toBe('here');
  expect(welcomed.added).toEqual([1, 2, 3]);
});
