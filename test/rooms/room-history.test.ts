import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KeptRoom } from '../../main/rooms/kept-room.ts';
import { People } from '../../main/rooms/people.ts';
import { RoomHistory } from '../../main/rooms/room-history.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import type { BridgeEvent } from '../../preload/contract.ts';
import { LAB, said } from './lab.ts';

function onProblem(problem: Error): never {
  throw problem;
}

/** A room whose log is empty, and what its windows are told of entries. */
function openHistory() {
  const told: number[][] = [];
  const storage = createMemoryStorage();
  const kept = new KeptRoom({ storage, roomId: null, own: false, onProblem });
  const history = new RoomHistory({
    key: 'key',
    roomId: () => LAB.id,
    kept,
    people: new People('me', () => undefined),
    fetchBefore: async () => null,
    emit: (event: BridgeEvent) => {
      if (event.type === 'room-entries') told.push(event.entries.map(({ seq }) => seq));
    },
    onSaid: () => undefined,
  });
  history.reset(LAB, { epoch: 'e', seq: 0 }, [], []);
  const keptSeqs = () => storage.room(LAB.id)?.entries.after(0, 1000).length;
  const keptRead = () => storage.room(LAB.id)?.record.read;
  return { history, told, keptSeqs, keptRead };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('what comes after a silence is shown and kept in the same turn', () => {
  const { history, told, keptSeqs } = openHistory();
  history.arrive([said(1)]);
  history.arrive([said(2)]);
  vi.advanceTimersByTime(0);
  expect(told).toEqual([[1, 2]]);
  expect(keptSeqs()).toBe(2);
});

test('200 messages a second reach windows and the disk in a sixth as many parts, whole and in order', () => {
  const { history, told, keptSeqs } = openHistory();
  for (let seq = 1; seq <= 200; seq += 1) {
    history.arrive([said(seq)]);
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(100);
  expect(told.flat()).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(told.length).toBeLessThanOrEqual(200 / 6);
  expect(keptSeqs()).toBe(200);
});

test('nothing that came later overtakes what waits', () => {
  const { history, told } = openHistory();
  history.arrive([said(1)]);
  vi.advanceTimersByTime(0);
  history.arrive([said(2)]);
  vi.advanceTimersByTime(0);
  expect(told).toEqual([[1]]);
  history.takeIn();
  expect(told).toEqual([[1], [2]]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([[1], [2]]);
});

test('what came just now is found and exported, though windows are yet to be told', () => {
  const { history, told } = openHistory();
  history.arrive([said(1)]);
  vi.advanceTimersByTime(0);
  history.arrive([said(2)]);
  expect(history.search('line', Infinity, 10).map(({ seq }) => seq)).toEqual([2, 1]);
  expect(told).toEqual([[1], [2]]);
  history.arrive([said(3)]);
  expect(history.exportAs('Lab', 'text').content).toContain('line 3');
});

test('how far was read is kept when it is told, and one’s own words are read', () => {
  const { history, keptRead } = openHistory();
  history.arrive([said(1), said(2), said(3)]);
  vi.advanceTimersByTime(0);
  history.markRead(1);
  expect(keptRead()).toBe(1);
  history.markRead(99);
  expect(keptRead()).toBe(3);
  history.arrive([said(4), { ...said(5), from: 'me' }]);
  vi.advanceTimersByTime(32);
  expect(keptRead()).toBe(5);
});

test('what was said before one came in counts as read, in the copy on the disk too', () => {
  const { history, keptRead } = openHistory();
  const entries = [said(1), said(2)];
  history.reset(LAB, { epoch: 'e2', seq: 2 }, entries, []);
  expect(keptRead()).toBe(2);
  history.reset(LAB, { epoch: 'e3', seq: 0 }, [], []);
  expect(keptRead()).toBe(0);
});
