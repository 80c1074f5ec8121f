/** What every storage does, whether it outlives the process or not. */
import { describe, expect, test } from 'vitest';
import type { OutboxMessage } from '../../main/client/outbox.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { entriesOf, seqsOf } from './entries.ts';
import { hubStoreContract } from './hub-store.contract.ts';
import { roomRecord } from './records.ts';

/** `open` gives an empty storage for the length of a test. */
export function storageContract(open: () => Storage): void {
  hubStoreContract(open);

  test('begins with nothing', () => {
    const storage = open();
    expect(storage.rooms()).toEqual([]);
    expect(storage.room('room-1')).toBeNull();
    expect(storage.problems).toEqual([]);
  });

  test('gives a room back by its id', () => {
    const storage = open();
    const room = storage.add(roomRecord('room-1', true), 'epoch-1', 4);
    expect(storage.room('room-1')).toBe(room);
    expect(storage.room('room-1')?.record).toEqual(roomRecord('room-1', true));
    expect(room.entries.epoch).toBe('epoch-1');
    expect(room.entries.last).toBe(4);
    expect(room.outbox()).toEqual([]);
  });

  test('lists the latest room first', () => {
    const storage = open();
    for (const id of ['room-1', 'room-2', 'room-3']) storage.add(roomRecord(id), 'epoch-1', 0);
    const ids = storage.rooms().map(({ record }) => record.id);
    expect(ids).toEqual(['room-3', 'room-2', 'room-1']);
  });

  test('changes of a record what is to be changed', () => {
    const storage = open();
    const room = storage.add(roomRecord('room-1'), 'epoch-1', 0);
    room.change({ read: 7, addresses: ['192.0.2.1:47100', '[::1]:47100'], hostKey: 'key-1' });
    room.change({ active: false });
    expect(storage.room('room-1')?.record).toEqual({
      ...roomRecord('room-1'),
      read: 7,
      addresses: ['192.0.2.1:47100', '[::1]:47100'],
      hostKey: 'key-1',
      active: false,
    });
  });

  test('keeps how far was read', () => {
    const storage = open();
    const room = storage.add(roomRecord('room-1'), 'epoch-1', 0);
    room.changeRead(7);
    expect(storage.room('room-1')?.record).toEqual({ ...roomRecord('room-1'), read: 7 });
  });

  test('forgets a room and everything in it', () => {
    const storage = open();
    const { entries } = storage.add(roomRecord('room-1'), 'epoch-1', 0);
    storage.add(roomRecord('room-2'), 'epoch-1', 0);
    entries.append(entriesOf(1, 3));
    storage.forget('room-1');
    storage.forget('room-1');
    expect(storage.room('room-1')).toBeNull();
    expect(storage.rooms()).toHaveLength(1);
    const again = storage.add(roomRecord('room-1'), 'epoch-2', 0);
    expect(seqsOf(again.entries.after(0, 10))).toEqual([]);
    expect(again.entries.search('entry', Infinity, 10)).toEqual([]);
  });

  describe('S2: the outbox', () => {
    test('keeps exactly what it is told, in its order', () => {
      const storage = open();
      const room = storage.add(roomRecord('room-1'), 'epoch-1', 0);
      const refused = { ...typed('b'), refused: { code: 'not-kept' } } as const;
      for (const outbox of [[typed('a')], [typed('c'), refused, typed('a')], [typed('a')], []]) {
        room.saveOutbox(outbox);
        expect(room.outbox()).toEqual(outbox);
      }
    });

    test('of one room is not that of another', () => {
      const storage = open();
      const one = storage.add(roomRecord('room-1'), 'epoch-1', 0);
      const two = storage.add(roomRecord('room-2'), 'epoch-1', 0);
      one.saveOutbox([typed('a')]);
      two.saveOutbox([typed('b')]);
      one.saveOutbox([]);
      expect(two.outbox()).toEqual([typed('b')]);
    });
  });
}

function typed(id: string): OutboxMessage {
  return { id, text: `text of ${id}`, at: 1_234.5, refused: null };
}
