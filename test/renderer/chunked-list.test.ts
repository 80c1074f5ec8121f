import { expect, test } from 'vitest';
import {
  append,
  backwards,
  chunked,
  first,
  last,
  keepNewest,
  prepend,
  replace,
  slice,
} from '../../renderer/chunked-list.ts';

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);

test('holds what an array would, however it grew', () => {
  let list = chunked(numbers(0, 300));
  for (const number of numbers(300, 1_000)) list = append(list, [number]);
  list = prepend(list, numbers(-200, 0));
  expect(list.length).toBe(1_200);
  expect(slice(list, 0, Infinity)).toEqual(numbers(-200, 1_000));
  expect([...backwards(list)]).toEqual(numbers(-200, 1_000).toReversed());
  expect([first(list), last(list)]).toEqual([-200, 999]);
});

test('slices are clamped to the list', () => {
  const list = chunked(numbers(0, 500));
  expect(slice(list, -5, 2)).toEqual([0, 1]);
  expect(slice(list, 127, 130)).toEqual([127, 128, 129]);
  expect(slice(list, 498, 900)).toEqual([498, 499]);
  expect(slice(list, -2, -1)).toEqual([]);
});

test('its oldest chunks go when they are not asked for', () => {
  const list = chunked(numbers(0, 1_000));
  const kept = keepNewest(list, 300);
  expect(kept.length).toBeGreaterThanOrEqual(300);
  expect(kept.length).toBeLessThan(300 + 128);
  expect(slice(kept, 0, Infinity)).toEqual(numbers(1_000 - kept.length, 1_000));
  expect(keepNewest(list, 1_000)).toBe(list);
  expect(keepNewest(list, 5_000)).toBe(list);
});

test('an older version stays as it was, and shares its chunks with the newer one', () => {
  const before = chunked(numbers(0, 1_000));
  const after = append(before, [1_000]);
  expect(before.length).toBe(1_000);
  expect(last(before)).toBe(999);
  const shared = after.chunks.filter((chunk) => before.chunks.includes(chunk));
  expect(shared).toHaveLength(before.chunks.length - 1);
});

test('an empty list has no ends, and adding nothing changes nothing', () => {
  const empty = chunked<number>([]);
  expect([first(empty), last(empty)]).toEqual([undefined, undefined]);
  const list = chunked([1]);
  expect(append(list, [])).toBe(list);
  expect(prepend(list, [])).toBe(list);
});

test('replacing what matches copies only the chunks it is in', () => {
  const before = chunked(numbers(0, 1_000));
  const after = replace(
    before,
    (number) => number === 500,
    () => -1,
  );
  expect(slice(after, 499, 502)).toEqual([499, -1, 501]);
  expect(slice(before, 500, 501)).toEqual([500]);
  const shared = after.chunks.filter((chunk) => before.chunks.includes(chunk));
  expect(shared).toHaveLength(before.chunks.length - 1);
  const same = replace(
    before,
    () => false,
    () => -1,
  );
  expect(same).toBe(before);
});
