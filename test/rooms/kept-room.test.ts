import { expect, test } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import { KeptRoom } from '../../main/rooms/kept-room.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import type { Entry } from '../../preload/contract.ts';

const ROOM = {
  id: 'room-1',
  name: 'Lab',
  access: 'open',
  locked: false,
  slowSeconds: 0,
  idleMinutes: null,
  remembersDays: null,
} as const;
const FULL = new LanyardError('storage-full', 'The disk is full.');

function entry(seq: number): Entry {
  const head = {
    seq,
    at: seq,
    id: `m${seq}`,
    from: 'bo',
    name: 'Bo',
    written: seq,
    signature: 's',
  };
  return { kind: 'said', ...head, text: `line ${seq}` };
}

test('S2: a room joined while the disk is full is kept as soon as there is space, whole', () => {
  const memory = createMemoryStorage();
  let isFull = true;
  const storage: typeof memory = {
    ...memory,
    add(...args) {
      if (isFull) throw FULL;
      return memory.add(...args);
    },
  };
  const problems: LanyardError[] = [];
  const onProblem = (problem: LanyardError) => problems.push(problem);
  const kept = new KeptRoom({ storage, roomId: null, own: false, onProblem });
  kept.reset(ROOM, { epoch: 'e', seq: 2 }, [entry(1), entry(2)], new Map([[2, 'signature']]), []);
  kept.change({ you: 'me' });
  kept.append([entry(3)], new Map([[3, 'replayed']]));
  expect(problems).toEqual([FULL, FULL]);
  const typed = { id: 'mine', text: 'hello', at: 1, refused: null };
  expect(() => kept.saveOutbox([typed])).toThrow(FULL);

  isFull = false;
  kept.saveOutbox([typed]);
  kept.append([entry(4)], new Map());
  const room = storage.room('room-1');
  expect(room?.entries.after(0, 10).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(room?.outbox()).toEqual([typed]);
  expect(room?.record.you).toBe('me');
  expect(room?.entries.doubts(1, 4)).toEqual(
    new Map([
      [2, 'signature'],
      [3, 'replayed'],
    ]),
  );
});
