/** What every storage does, whether it outlives the process or not. */
import { describe, expect, test } from 'vitest';
import type { SignedEvent } from '../../main/events/event.ts';
import type { KeptEpoch } from '../../main/hub/room-log.ts';
import type { OutboxItem } from '../../main/replica/outbox.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { endOf, entriesOf, entryOf, seqsOf, TALK } from './entries.ts';
import { found, logContract, turn } from './log.contract.ts';
import { roomRecord } from './records.ts';

/** `open` gives an empty storage for the length of a test. */
export function storageContract(open: () => Storage): void {
  logContract(open);

  test('begins with nothing', () => {
    const storage = open();
    expect([storage.rooms(), storage.room('room-1'), storage.problems]).toEqual([[], null, []]);
    expect(storage.old.rooms()).toEqual([]);
  });

  test('gives a room back by its id', () => {
    const storage = open();
    const room = storage.add(roomRecord('room-1', true));
    expect(storage.room('room-1')).toBe(room);
    expect(room.record).toEqual(roomRecord('room-1', true));
    expect(room.outbox()).toEqual([]);
  });

  test('lists the latest room first', () => {
    const storage = open();
    for (const id of ['room-1', 'room-2', 'room-3']) storage.add(roomRecord(id));
    const ids = storage.rooms().map(({ record }) => record.id);
    expect(ids).toEqual(['room-3', 'room-2', 'room-1']);
  });

  test('changes of a record what is to be changed, and keeps how far was read', () => {
    const storage = open();
    const room = storage.add(roomRecord('room-1'));
    const change = { addresses: ['192.0.2.1:47100', '[::1]:47100'], hostKey: 'key-1' };
    room.change(change);
    room.change({ active: false });
    room.changeRead('id-7');
    expect(storage.room('room-1')?.record).toEqual({
      ...roomRecord('room-1'),
      ...change,
      active: false,
      read: 'id-7',
    });
  });

  test('forgets a room and everything in it', () => {
    const storage = open();
    const room = storage.add(roomRecord('room-1', true));
    storage.add(roomRecord('room-2'));
    room.hub.commit(turn({ entries: entriesOf(1, 3), known: [BO], inviteUses: [use(1)] }));
    room.hub.addEpoch(epoch(1));
    room.saveOutbox([item('a')]);
    storage.forget('room-1');
    storage.forget('room-1');
    expect([storage.room('room-1'), storage.rooms().length]).toEqual([null, 1]);
    const again = storage.add(roomRecord('room-1', true));
    expect([again.copy(TALK).after(0, 10), found(again, 'entry'), again.outbox()]).toEqual([
      [],
      [],
      [],
    ]);
    expect([again.hub.epochs(), again.hub.known(), again.hub.inviteUses()]).toEqual([[], [], []]);
  });

  describe('S5: the outbox', () => {
    test('keeps exactly what it is told, in its order', () => {
      const room = open().add(roomRecord('room-1'));
      const refused = { ...item('b'), refused: { code: 'not-kept' } } as const;
      for (const outbox of [[item('a')], [item('c'), refused, item('a')], [item('a')], []]) {
        room.saveOutbox(outbox);
        expect(room.outbox()).toEqual(outbox);
      }
    });

    test('of one room is not that of another', () => {
      const storage = open();
      const [one, two] = [storage.add(roomRecord('room-1')), storage.add(roomRecord('room-2'))];
      one.saveOutbox([item('a')]);
      two.saveOutbox([item('a'), item('b')]);
      one.saveOutbox([]);
      expect(two.outbox()).toEqual([item('a'), item('b')]);
    });
  });

  describe('a hub', () => {
    test('keeps all that changed in one turn, the latest of what changed twice', () => {
      const { hub } = open().add(roomRecord('room-1', true));
      const zoe = { id: 'zoe', name: 'Zoë \u0000"\'', admitted: true };
      hub.commit(turn({ entries: entriesOf(1, 2), known: [BO, zoe], inviteUses: [use(1)] }));
      hub.commit(turn({ known: [{ ...BO, admitted: true }], inviteUses: [use(2)] }));
      const other = { ...entryOf(1), conversation: 'other' };
      hub.commit(turn({ entries: [entryOf(3), other, entryOf(4)] }));
      expect(new Set(hub.known())).toEqual(new Set([{ ...BO, admitted: true }, zoe]));
      expect(hub.inviteUses()).toEqual([use(2)]);
      expect(seqsOf(hub.log(TALK).after(0, 9))).toEqual([1, 2, 3, 4]);
      expect(hub.log('other').after(0, 9)).toEqual([other]);
      expect(hub.log(TALK).last).toEqual(endOf(entryOf(4)));
    });

    test('L2: knows its epochs, the oldest first', () => {
      const storage = open();
      const { hub } = storage.add(roomRecord('room-1', true));
      expect(hub.epochs()).toEqual([]);
      for (const number of [1, 2]) hub.addEpoch(epoch(number));
      storage.add(roomRecord('room-2', true)).hub.addEpoch(epoch(3));
      expect(hub.epochs()).toEqual([epoch(1), epoch(2)]);
    });

    test.each(['flush', 'flushNow'] as const)('%s is done in a while', async (how) => {
      const { hub } = open().add(roomRecord('room-1', true));
      hub.commit(turn({ entries: entriesOf(1, 2) }));
      hub.flushNow();
      if (how === 'flush') await new Promise<void>((resolve) => hub.flush(resolve));
      expect(hub.log(TALK).last.seq).toBe(2);
    });
  });

  test('the host’s copy of its own room has what it was told, though the hub has more', () => {
    const room = open().add(roomRecord('room-1', true));
    room.hub.commit(turn({ entries: entriesOf(1, 3) }));
    const copy = room.copy(TALK);
    expect(room.copy(TALK)).toBe(copy);
    room.hub.commit(turn({ entries: entriesOf(4, 6) }));
    expect([copy.end, seqsOf(copy.after(0, 9))]).toEqual([endOf(entryOf(3)), [1, 2, 3]]);
    copy.append([entryOf(4)], []);
    expect([copy.end, seqsOf(copy.before(9, 2))]).toEqual([endOf(entryOf(4)), [3, 4]]);
    room.hub.log(TALK).forgetOlder(2_500);
    expect([copy.start, seqsOf(copy.after(0, 9))]).toEqual([endOf(entryOf(2)), [3, 4]]);
    copy.truncate(3);
    expect(copy.end).toEqual(endOf(entryOf(6)));
  });
}

const BO = { id: 'bo', name: 'Bo', admitted: false };

export function use(uses: number) {
  return { invitation: 'act-1', uses };
}

export function epoch(number: number): KeptEpoch {
  const places = [{ conversation: TALK, seq: number, link: `link of ${number}` }];
  const record = { room: 'room', number, writer: 'ann', parent: '', places, signature: 's' };
  return { id: `epoch-${number}`, record };
}

export function item(id: string): OutboxItem {
  const { conversation, kind, person, device, written, references, body, signature } = entryOf(1);
  const event: SignedEvent = {
    room: 'room',
    conversation,
    kind,
    person,
    device,
    written,
    references: [...references, { as: 're', id }],
    body,
    signature,
  };
  return { id, event, refused: null };
}
