import { expect, test } from 'vitest';
import { PAGE_MAX } from '../../main/protocol/limits.ts';
import { entriesOf, entryOf, TriedSession } from './tried-session.ts';

const at = (seq: number) => ({ epoch: 'epoch-1', seq });

test('W4: the first welcome starts the copy', () => {
  const session = new TriedSession();
  session.comeIn({ log: at(7), entries: entriesOf(5, 7) });
  expect(session.take().last('reset')).toMatchObject({ entries: entriesOf(5, 7) });
  session.hearEntries(entryOf(8));
  expect(session.take().added).toEqual([8]);
});

test('an entry heard twice is added once', () => {
  const session = TriedSession.here({ log: at(3), entries: entriesOf(1, 3) });
  session.hearEntries(entryOf(4), entryOf(4), entryOf(2));
  expect(session.take().added).toEqual([4]);
});

test('L4: what is in between is fetched page by page, asked for once at a time', () => {
  const session = TriedSession.here({ log: at(2), entries: entriesOf(1, 2) });
  session.hearEntries(entryOf(500), entryOf(501));
  const asked = session.take();
  expect(asked.added).toEqual([]);
  expect(asked.sent).toMatchObject([{ type: 'history', after: 2, limit: PAGE_MAX }]);
  let [request] = asked.sent;
  const added: number[] = [];
  for (let seq = 3; seq <= 501; seq += 200) {
    if (request?.type !== 'history') throw new Error('no page was asked for');
    const entries = entriesOf(seq, Math.min(seq + 199, 501));
    session.hear({ type: 'page', id: request.id, entries, more: true });
    const done = session.take();
    added.push(...done.added);
    [request] = done.sent;
  }
  expect(added).toEqual(entriesOf(3, 501).map(({ seq }) => seq));
  expect(request).toBeUndefined();
});

test('W5: a welcome that resumes and does not reach the end is continued', () => {
  const session = TriedSession.here({ log: at(10) });
  session.lose();
  session.comeBack({ resumed: true, log: at(400), entries: entriesOf(11, 210) });
  const back = session.take();
  expect(back.added).toHaveLength(200);
  expect(back.sent.at(-1)).toMatchObject({ type: 'history', after: 210 });
  expect(back.last('reset')).toBeUndefined();
});

test('a catch-up that the connection did not survive begins again', () => {
  const session = TriedSession.here({ log: at(1), entries: [entryOf(1)] });
  session.hearEntries(entryOf(9));
  session.lose();
  session.comeBack({ resumed: true, log: at(9), entries: entriesOf(2, 9) });
  const back = session.take();
  expect(back.added).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  session.hearEntries(entryOf(10));
  expect(session.take().added).toEqual([10]);
});

test('L4: a page that entries said again have overtaken does not end the catching up', () => {
  const session = TriedSession.here({ log: at(10) });
  session.lose();
  session.comeBack({ resumed: true, log: at(400), entries: entriesOf(11, 20) });
  const request = session.take().sent.at(-1);
  if (request?.type !== 'history') throw new Error('no page was asked for');
  session.hearEntries(...entriesOf(21, 25));
  session.hear({ type: 'page', id: request.id, entries: entriesOf(21, 24), more: true });
  expect(session.take().sent).toMatchObject([{ type: 'history', after: 25 }]);
});

test('L2: another epoch is another log', () => {
  const session = TriedSession.here({ log: at(50), entries: entriesOf(1, 50) });
  session.lose();
  session.comeBack({ log: { epoch: 'epoch-2', seq: 2 }, entries: entriesOf(1, 2) });
  expect(session.take().last('reset')?.position).toEqual({ epoch: 'epoch-2', seq: 2 });
  session.hearEntries(entryOf(3));
  expect(session.take().added).toEqual([3]);
});

test('a welcome with gaps is used from its last gap on', () => {
  const session = new TriedSession();
  session.comeIn({ log: at(9), entries: [...entriesOf(1, 3), ...entriesOf(7, 9)] });
  expect(
    session
      .take()
      .last('reset')
      ?.entries.map(({ seq }) => seq),
  ).toEqual([7, 8, 9]);
});

test.for([
  ['nothing', []],
  ['what is known already', [entryOf(1)]],
  ['what does not follow', [entryOf(5)]],
] as const)('a hub whose page is %s is not asked for ever', ([, entries]) => {
  const session = TriedSession.here({ log: at(1), entries: [entryOf(1)] });
  session.hearEntries(entryOf(2 ** 40));
  let asked = 0;
  for (let [request] = session.take().sent; request; [request] = session.take().sent) {
    if (request.type !== 'history') throw new Error('something else than a page was asked for');
    asked += 1;
    expect(asked).toBeLessThan(4);
    session.hear({ type: 'page', id: request.id, entries, more: true });
  }
  expect(asked).toBeGreaterThan(0);
});

test('history somebody asked for goes to them, not into the copy', () => {
  const session = TriedSession.here({ log: at(300), entries: entriesOf(101, 300) });
  const request = { type: 'history', id: 'mine', before: 101, limit: 50 } as const;
  session.input({ type: 'ask', request });
  session.hear({ type: 'page', id: 'mine', entries: entriesOf(51, 100), more: true });
  const done = session.take();
  expect(done.sent).toEqual([request]);
  expect(done.added).toEqual([]);
  expect(done.last('answer')).toMatchObject({ id: 'mine', answer: { ok: true, more: true } });
});
