import { expect, test } from 'vitest';
import type { Notice } from '../../main/model/notice.ts';
import type { LogRow, Stretch } from '../../renderer/log-rows.ts';
import { fateOf, logRows, sameRow, sameSaid } from '../../renderer/log-rows.ts';
import { dayOf } from '../../renderer/times.ts';
import { firstUnread } from '../../renderer/room-log.ts';
import { openRoom } from '../../renderer/room-state.ts';
import { act, MORNING, member, roomView, said } from './rooms.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function rows(more: Partial<Stretch>): readonly LogRow[] {
  return logRows({
    before: null,
    entries: [],
    notices: [],
    pending: [],
    fate: 'sending',
    looksAfter: false,
    mine: new Set(['a']),
    unreadFrom: null,
    today: dayOf(MORNING),
    ...more,
  });
}

/** A row in one word: what it is, and `[`, `-`, `]` for where in its group it stands. */
function brief(row: LogRow): string {
  if (row.kind !== 'said') return row.kind;
  return `${row.own ? 'own' : 'said'}${row.entry.seq}${row.head ? '[' : ''}${row.tail ? ']' : ''}`;
}

const joined = (id: number, after: number): Notice => {
  return { id, at: MORNING, after, what: { kind: 'joined', name: 'Cleo', count: 3 } };
};

test('what one person says in a row stands under one name', () => {
  const entries = [said(1), said(2), said(3), said(4, 'a'), said(5)];
  expect(rows({ entries }).map(brief)).toEqual([
    'day',
    'said1[',
    'said2',
    'said3]',
    'own4[]',
    'said5[]',
  ]);
});

test('a pause or another name begins a new group', () => {
  const entries = [
    said(1),
    said(2, 'b', { at: MORNING + 6 * MINUTE }),
    said(3, 'b', { at: MORNING + 7 * MINUTE, name: 'Boris' }),
  ];
  expect(rows({ entries }).map(brief)).toEqual(['day', 'said1[]', 'said2[]', 'said3[]']);
});

test('every day is named once', () => {
  const entries = [
    said(1),
    said(2, 'b', { at: MORNING + DAY }),
    said(3, 'b', { at: MORNING + DAY }),
  ];
  expect(rows({ entries }).map(brief)).toEqual(['day', 'said1[]', 'day', 'said2[', 'said3]']);
});

test('the name of a day is another one on the next day', () => {
  const [day] = rows({ entries: [said(1)] });
  const [later] = rows({ entries: [said(1)], today: dayOf(MORNING + DAY) });
  expect(later?.key).not.toBe(day?.key);
});

test('days go on only, though the clocks of room and device disagree', () => {
  const early = { ...joined(1, 1), at: MORNING - DAY };
  const late = { ...joined(2, 2), at: MORNING + DAY };
  const entries = [said(1), said(2), said(3), said(4, 'b', { at: MORNING - 2 * DAY })];
  expect(rows({ entries, notices: [early, late] }).map(brief)).toEqual([
    'day',
    'said1[]',
    'notice',
    'said2[]',
    'day',
    'notice',
    'said3[',
    'said4]',
  ]);
});

test('a stretch from the middle goes on with the day and the group before it', () => {
  expect(rows({ before: said(1), entries: [said(2)] }).map(brief)).toEqual(['said2]']);
});

test('O2: notices stand where they happened and end a group', () => {
  const notices = [joined(1, 0), joined(2, 1), joined(3, 2)];
  expect(rows({ entries: [said(1), said(2)], notices }).map(brief)).toEqual([
    'day',
    'notice',
    'said1[]',
    'notice',
    'said2[]',
    'notice',
  ]);
});

test('the mark of what was unread stands before the first of it', () => {
  expect(rows({ entries: [said(1), said(2)], unreadFrom: 2 }).map(brief)).toEqual([
    'day',
    'said1[]',
    'unread',
    'said2[]',
  ]);
});

test('what is pending comes last, and goes when its entry is there', () => {
  const pending = [
    { id: 'm2', text: 'x', at: MORNING, refused: null },
    { id: 'm3', text: 'y', at: MORNING, refused: null },
  ];
  const entries = [said(1), said(2, 'a')];
  expect(rows({ entries, pending }).map((row) => row.key)).toEqual([
    expect.stringMatching(/^day/),
    'said 1',
    'said 2',
    'pending m3',
  ]);
});

test('a pending row is built again when the connection goes or comes back', () => {
  const pending = [{ id: 'm3', text: 'y', at: MORNING, refused: null }];
  const [here] = rows({ pending, fate: 'sending' });
  const [still] = rows({ pending, fate: 'sending' });
  const [away] = rows({ pending, fate: 'connection' });
  if (here === undefined || still === undefined || away === undefined) throw new Error('rows');
  expect(sameRow(here, still)).toBe(true);
  expect(sameRow(here, away)).toBe(false);
});

test('a row is kept while it looks the same, also after a new snapshot', () => {
  const [, before] = rows({ entries: [said(1)] });
  const [, again] = rows({ entries: [said(1)] });
  const [, longer] = rows({ entries: [said(1), said(2)] });
  if (before === undefined || again === undefined || longer === undefined) throw new Error('rows');
  expect(sameRow(before, again)).toBe(true);
  expect(sameRow(before, longer)).toBe(false);
});

test('M1: what was done stands on a line of its own and ends a group', () => {
  const entries = [said(1), act(2, 'mute', 'a', 'Ann'), said(3), said(4)];
  expect(rows({ entries }).map(brief)).toEqual(['day', 'said1[]', 'act', 'said3[', 'said4]']);
});

test('M4: a message that was removed is built again, and cannot be removed twice', () => {
  const [, before] = rows({ entries: [said(1)], looksAfter: true });
  const redacted = said(1, 'b', { text: '', redacted: true });
  const [, after] = rows({ entries: [redacted], looksAfter: true });
  if (before?.kind !== 'said' || after?.kind !== 'said') throw new Error('rows');
  expect([before.menu, after.menu]).toEqual([true, false]);
  expect(sameSaid({ ...before, menu: false }, after)).toBe(false);
});

test('E1: a doubt that comes later is shown', () => {
  const [, before] = rows({ entries: [said(1)] });
  const [, after] = rows({ entries: [said(1, 'b', { doubt: 'signature' })] });
  if (before === undefined || after === undefined) throw new Error('rows');
  expect(sameRow(before, after)).toBe(false);
});

const fate = (more: Parameters<typeof roomView>[1]) => fateOf(openRoom(roomView('r', more)));

test('M2: in slow mode a member’s message waits for its turn, a moderator’s does not', () => {
  const slow = { ...roomView('r').info, slowSeconds: 10 };
  expect(fate({})).toBe('sending');
  expect(fate({ info: slow })).toBe('turn');
  const roster = [member('a', 'Ann', { role: 'moderator' })];
  expect(fate({ info: slow, roster })).toBe('sending');
  const status = { state: 'connecting' } as const;
  expect(fate({ info: slow, status })).toBe('connection');
});

test('what is unread begins with what others said, not with what was done', () => {
  const entries = [said(1), act(2, 'mute', 'c', 'Cleo'), said(3, 'a'), said(4), act(5, 'lock', '')];
  const unread = { count: 1, mentions: 0 };
  expect(firstUnread(openRoom(roomView('r', { entries, unread })))).toBe(4);
});
