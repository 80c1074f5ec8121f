/** Rows of a log have places of their own: reactions leave gaps in their seqs, acts stand between them. */
import { expect, test } from 'vitest';
import {
  countBetween,
  entriesAfter,
  entriesBetween,
  entryBefore,
  firstUnread,
  isAnotherLog,
  noticesBetween,
  seqFrom,
} from '../../renderer/room-log.ts';
import { openRoom } from '../../renderer/room-state.ts';
import { act, roomView, said } from './rooms.ts';

const SEQS = [0.5, 1, 2, 40, 40.25, 41, 90];

const entries = SEQS.map((seq) =>
  Number.isInteger(seq) ? said(seq) : act(seq, 'mute', 'c', 'Cleo'),
);

const room = openRoom(roomView('r', { entries }));

const seqsOf = (found: readonly { readonly seq: number }[]) => found.map(({ seq }) => seq);

test('a stretch has the rows between two seqs, whatever lies between those', () => {
  expect(seqsOf(entriesBetween(room, 2, 41))).toEqual([2, 40, 40.25, 41]);
  expect(seqsOf(entriesBetween(room, 3, 39))).toEqual([]);
  expect(countBetween(room, 2, 41)).toBe(4);
  expect(seqsOf(entriesAfter(room, 40))).toEqual([40.25, 41, 90]);
  expect(seqsOf(entriesAfter(room, 90))).toEqual([]);
  expect(entryBefore(room, 40.25)?.seq).toBe(40);
  expect(entryBefore(room, 0.5)).toBeNull();
});

test('so many rows on or back are that many, and end at the ends', () => {
  expect(seqFrom(room, 90, -2)).toBe(40.25);
  expect(seqFrom(room, 90, -100)).toBe(0.5);
  expect(seqFrom(room, 1, 3)).toBe(40.25);
  expect(seqFrom(room, 1, 100)).toBe(90);
  expect(seqFrom(openRoom(roomView('r')), 0, -30)).toBe(0);
});

test('of a thousand rows too', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => said(3 * index + 1));
  const long = openRoom(roomView('r', { entries: many }));
  expect(seqsOf(entriesBetween(long, 1_500, 1_510))).toEqual([1_501, 1_504, 1_507, 1_510]);
  expect(seqFrom(long, 2_998, -299)).toBe(3 * 700 + 1);
});

test('O2: quiet lines go with the rows they stand between', () => {
  const notices = [0, 0.5, 2, 40.25, 90].map((after, id) => {
    return { id, at: 0, after, what: { kind: 'connected', count: 2 } } as const;
  });
  const quiet = openRoom(roomView('r', { entries, notices }));
  const afters = (from: number, to: number, most = 9) =>
    noticesBetween(quiet, from, to, most).map(({ after }) => after);
  expect(afters(0.5, Infinity)).toEqual([0, 0.5, 2, 40.25, 90]);
  expect(afters(40, 41)).toEqual([2, 40.25]);
  expect(afters(1, 40, 1)).toEqual([2]);
});

test('what is done to rows is no other log, and one without the last row is', () => {
  const edited = [...entries.slice(0, -1), said(90, 'b', { text: 'better', editedAt: 9 })];
  expect(isAnotherLog(room, openRoom(roomView('r', { entries: edited })))).toBe(false);
  expect(isAnotherLog(room, openRoom(roomView('r', { entries: entries.slice(0, 3) })))).toBe(true);
});

test('M4: what was removed is not unread', () => {
  const unread = { count: 1, mentions: 0 };
  const gone = [said(1), said(2), said(3, 'b', { text: '', redacted: true })];
  expect(firstUnread(openRoom(roomView('r', { entries: gone, unread })))).toBe(2);
});
