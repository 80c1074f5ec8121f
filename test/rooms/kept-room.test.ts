import { expect, test } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import { KeptRoom } from '../../main/rooms/kept-room.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { LAB, said } from './lab.ts';

const FULL = new LanyardError({ code: 'storage-full' });

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
  kept.reset(LAB, { epoch: 'e', seq: 2 }, [said(1), said(2)], new Map([[2, 'signature']]), []);
  kept.change({ you: 'me' });
  kept.append([said(3)], new Map([[3, 'replayed']]));
  expect(problems).toEqual([FULL, FULL]);
  const typed = { id: 'mine', text: 'hello', at: 1, refused: null };
  expect(() => kept.saveOutbox([typed])).toThrow(FULL);

  isFull = false;
  kept.saveOutbox([typed]);
  kept.append([said(4)], new Map());
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
