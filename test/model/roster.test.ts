import { expect, test } from 'vitest';
import type { Member } from '../../main/model/member.ts';
import { mentions } from '../../main/rooms/mentions.ts';
import { noticeOf } from '../../main/rooms/notices.ts';
import { notificationText } from '../../main/rooms/notification.ts';
import { withChange } from '../../main/model/roster.ts';

const PLAIN = { role: 'member', away: false, muted: false } as const;
const ANN: Member = { ...PLAIN, id: 'ann', name: 'Ann', since: 1 };
const BO: Member = { ...PLAIN, id: 'bo', name: 'Bo', role: 'host', since: 0 };

test('O20, P2: a member that is told of twice stands in the list once', () => {
  const changed = { ...ANN, name: 'Anna' };
  expect(withChange([BO, ANN], { change: 'joined', member: changed, count: 2 })).toEqual([
    BO,
    changed,
  ]);
});

test('P3–P5: a change concerns one member', () => {
  const left = { change: 'left', id: 'bo', name: 'Bo', reason: 'lost', count: 1 } as const;
  expect(withChange([BO, ANN], left)).toEqual([ANN]);
  expect(withChange([ANN], left)).toEqual([ANN]);
  const renamed = { change: 'renamed', id: 'ann', before: 'Ann', name: 'A', count: 2 } as const;
  expect(withChange([BO, ANN], renamed)).toEqual([BO, { ...ANN, name: 'A' }]);
  const away = { change: 'away', id: 'bo', away: true, count: 2 } as const;
  expect(withChange([BO, ANN], away)).toEqual([{ ...BO, away: true }, ANN]);
  const standing = {
    change: 'standing',
    id: 'ann',
    role: 'moderator',
    muted: true,
    count: 2,
  } as const;
  const changed = { ...ANN, role: 'moderator', muted: true };
  expect(withChange([BO, ANN], standing)).toEqual([BO, changed]);
});

test('being away, a standing (the log says who did what) and a rename to the same name leave no line', () => {
  expect(noticeOf({ change: 'away', id: 'ann', away: true, count: 2 })).toBeNull();
  const muted = { change: 'standing', id: 'ann', role: 'member', muted: true, count: 2 } as const;
  expect(noticeOf(muted)).toBeNull();
  const same = { change: 'renamed', id: 'ann', before: 'Ann', name: 'Ann', count: 2 } as const;
  expect(noticeOf(same)).toBeNull();
});

test.for([
  ['hi Ann', 'Ann', true],
  ['ANN!', 'ann', true],
  ['@Ann: look', 'Ann', true],
  ['Anna', 'Ann', false],
  ['Joann', 'Ann', false],
  ['annann ann', 'Ann', true],
  ['问李雷吧', '李雷', true],
  ['Ａｎｎ', 'Ann', true],
  ['an STRASSE', 'Straße', true],
  ['an Straßen', 'Strasse', false],
  ['hi ipek', 'İpek', true],
  ['IŞIK!', 'ışık', true],
  ['ΝΙΚΟΣ', 'Νικος', true],
  ['hi Jose\u0301', 'José', true],
  ['c++ rocks', 'c++', true],
  ['anything', '', false],
] as const)('%j mentions %j: %s', ([text, name, expected]) => {
  expect(mentions(text, name)).toBe(expected);
});

test('a notification is short and of one line', () => {
  const entry = {
    kind: 'said',
    seq: 1,
    at: 1,
    id: 'm',
    from: 'ann',
    name: 'Ann',
    written: 1,
    signature: '',
  } as const;
  const { title, body } = notificationText('Lab 3', { ...entry, text: `a\n${'🦊'.repeat(500)}` });
  expect(title).toBe('Ann · Lab 3');
  expect([...body]).toHaveLength(201);
  expect(body).toMatch(/^a 🦊+…$/u);
});
