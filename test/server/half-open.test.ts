import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HalfOpen } from '../../main/server/half-open.ts';

/** Adds connections named after their source: a1, a2, b1… Returns those that had to go for them. */
function add(door: HalfOpen<string>, ...connections: readonly string[]): (string | null)[] {
  return connections.map((connection) => door.add(connection, connection.slice(0, 1)));
}

test('a source has only so many', () => {
  const door = new HalfOpen<string>(10, 2);
  expect(door.isFull('a')).toBe(false);
  add(door, 'a1', 'b1', 'a2');
  expect(door.isFull('a')).toBe(true);
  expect(door.isFull('b')).toBe(false);
  door.remove('a1');
  expect(door.isFull('a')).toBe(false);
});

test('past the bound in all, the source with the most makes room', () => {
  const door = new HalfOpen<string>(4, 3);
  expect(add(door, 'b1', 'a1', 'a2', 'a3')).toEqual([null, null, null, null]);
  expect(add(door, 'c1', 'd1')).toEqual(['a1', 'a2']);
});

test('among equals the one that came first makes room', () => {
  const door = new HalfOpen<string>(3, 3);
  expect(add(door, 'a1', 'b1', 'c1', 'd1', 'e1')).toEqual([null, null, null, 'a1', 'b1']);
});

test('who is through or gone is not counted any more', () => {
  const door = new HalfOpen<string>(2, 2);
  add(door, 'a1', 'a2');
  door.remove('a1');
  door.remove('a1');
  door.remove('never came');
  expect(add(door, 'b1', 'c1')).toEqual([null, 'a2']);
});

test('however they come and go, the bounds hold, and who has just been let in stays', () => {
  const steps = fc.array(fc.record({ source: fc.nat(5), leaves: fc.boolean() }));
  fc.assert(
    fc.property(steps, fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 4 }), (...all) => {
      const [list, most, mostPerSource] = all;
      const door = new HalfOpen<number>(most, mostPerSource);
      const open = new Map<number, string>();
      for (const [index, { source, leaves }] of list.entries()) {
        const [oldest] = open.keys();
        if (leaves && oldest !== undefined) {
          open.delete(oldest);
          door.remove(oldest);
        }
        if (door.isFull(String(source))) continue;
        open.set(index, String(source));
        const gone = door.add(index, String(source));
        expect(gone).not.toBe(index);
        if (gone !== null) expect(open.delete(gone)).toBe(true);
        const here = [...open.values()].filter((each) => each === String(source));
        expect(here.length).toBeLessThanOrEqual(mostPerSource);
        expect(open.size).toBeLessThanOrEqual(most);
      }
    }),
  );
});
