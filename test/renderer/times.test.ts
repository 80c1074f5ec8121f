import { expect, test } from 'vitest';
import { en } from '../../renderer/strings/en.ts';
import { zhCn } from '../../renderer/strings/zh-cn.ts';
import { createTimes } from '../../renderer/times.ts';

const now = new Date(2026, 0, 2, 0, 30).getTime();
const times = createTimes(en, () => now);

test.each([
  [new Date(2026, 0, 2, 0, 5), 'Today'],
  [new Date(2026, 0, 1, 23, 59), 'Yesterday'],
  [new Date(2025, 11, 31, 12), 'December 31, 2025'],
])('days are named by the calendar of this device: %s', (at, name) => {
  expect(times.day(at.getTime())).toBe(name);
});

test('a day of this year goes without the year', () => {
  const later = createTimes(en, () => new Date(2026, 5, 30).getTime());
  expect(later.day(new Date(2026, 5, 3).getTime())).toBe('Wednesday, June 3');
});

test.each([
  [new Date(2026, 0, 2, 0, 5), /^12:05\sAM$/],
  [new Date(2026, 0, 1, 23, 59), /^Jan 1$/],
  [new Date(2025, 11, 31, 12), /^Dec 31, 2025$/],
])('beside a message found its time is brief: %s', (at, brief) => {
  expect(times.brief(at.getTime())).toMatch(brief);
});

test('times speak the language of the window', () => {
  const at = new Date(2026, 0, 2, 15, 4).getTime();
  expect(times.clock(at)).toMatch(/3:04\sPM/);
  expect(createTimes(zhCn, () => now).clock(at)).toBe('15:04');
});

test('beside another time the day is told only where it is another one', () => {
  const at = new Date(2026, 0, 1, 23, 59).getTime();
  expect(times.beside(at, at - 60_000)).toMatch(/^11:59\sPM$/);
  expect(times.beside(at, now)).toMatch(/^Jan 1, 11:59\sPM$/);
});

test.each([-8.65e15, 8.65e15, 1e300])('a time of no calendar is told all the same: %s', (at) => {
  const told = [
    times.clock(at),
    times.day(at),
    times.brief(at),
    times.full(at),
    times.stamp(at),
    times.beside(at, now),
  ];
  for (const text of told) expect(text).toMatch(/\d/);
});
