/** A copy of a log, what is struck in it and what is doubted, also while the disk is full. */
import { expect, test } from 'vitest';
import type { Doubt } from '../../main/model/entry.ts';
import { LanyardError } from '../../main/errors.ts';
import type { Entry } from '../../main/wire/messages.ts';
import { RoomCopy } from '../../main/rooms/room-copy.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import { BY_BO, LAB, said } from './lab.ts';

function strike(seq: number, on: string): Entry {
  return { kind: 'act', seq, at: seq, id: `a${seq}`, ...BY_BO, act: 'strike', on, onName: '' };
}

const NONE = new Map<number, Doubt>();

/** A copy on a disk that may be full. */
function copyOnDisk() {
  const kept = createMemoryStorage().add(joinedRecord(LAB), 'e', 0);
  const disk = { isFull: false };
  const { entries } = kept;
  const append = entries.append.bind(entries);
  entries.append = (added) => {
    if (disk.isFull) throw new LanyardError({ code: 'storage-full' });
    append(added);
  };
  return { disk, kept, copy: new RoomCopy(kept, false) };
}

function texts(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => (entry.kind === 'said' ? entry.text : []));
}

function onDisk({ entries }: RoomStorage): readonly Entry[] {
  return entries.after(0, 99);
}

test('M4: what is struck is gone from the copy', () => {
  const { copy, kept } = copyOnDisk();
  copy.append([said(1), said(2)], NONE);
  copy.append([strike(3, 'm1')], NONE);
  expect(texts(copy.newest())).toEqual(['', 'line 2']);
  expect(JSON.stringify(onDisk(kept))).not.toContain('line 1');
});

test('M4: also when both come at once, and when what is struck is not there', () => {
  const { copy } = copyOnDisk();
  copy.append([said(1), strike(2, 'm1'), strike(3, 'unknown')], NONE);
  expect(texts(copy.newest())).toEqual(['']);
});

test('E3: a strike that is doubted strikes nothing', () => {
  const { copy } = copyOnDisk();
  copy.append([said(1)], NONE);
  copy.append([strike(2, 'm1')], new Map([[2, 'signature']]));
  expect(texts(copy.newest())).toEqual(['line 1']);
});

test('E3: what is doubted stays so, also when the disk takes it later', () => {
  const { copy, disk, kept } = copyOnDisk();
  disk.isFull = true;
  const doubts = new Map<number, Doubt>([[1, 'signature']]);
  expect(() => copy.append([said(1)], doubts)).toThrow('full');
  expect(copy.newest()).toMatchObject([{ seq: 1, doubt: 'signature' }]);
  disk.isFull = false;
  copy.append([said(2)], NONE);
  expect(copy.newest()).toMatchObject([{ seq: 1, doubt: 'signature' }, { seq: 2 }]);
  expect(new RoomCopy(kept, false).newest()[0]).toMatchObject({ doubt: 'signature' });
});

test('M4: what is struck while the disk is full is not shown, and gone once there is space', () => {
  const { copy, disk, kept } = copyOnDisk();
  copy.append([said(1)], NONE);
  disk.isFull = true;
  expect(() => copy.append([said(2)], NONE)).toThrow('full');
  expect(() => copy.append([strike(3, 'm1'), strike(4, 'm2')], NONE)).toThrow('full');
  expect(texts(copy.newest())).toEqual(['', '']);
  disk.isFull = false;
  copy.append([said(5)], NONE);
  expect(texts(onDisk(kept))).toEqual(['', '', 'line 5']);
});
