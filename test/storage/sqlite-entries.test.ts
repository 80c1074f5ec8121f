import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { entriesOf, entryOf, seqsOf } from './entries.ts';
import { entryStoreContract } from './entry-store.contract.ts';
import { testFolder } from './folder.ts';
import { roomRecord } from './records.ts';

describe('a log in the database', () => {
  entryStoreContract((epoch, last) => openStorage().add(roomRecord('room-1'), epoch, last).entries);

  test('is the same after a restart, whatever was done to it', () => {
    const folder = testFolder();
    let storage = openSqliteStorage(folder);
    const entries = () => storage.room('room-1')?.entries ?? expect.unreachable();
    const restart = () => {
      storage.close();
      storage = openSqliteStorage(folder);
      return [entries().epoch, entries().first, entries().last, ...seqsOf(entries().after(0, 99))];
    };
    storage.add(roomRecord('room-1'), 'epoch-1', 4);
    expect(restart()).toEqual(['epoch-1', 5, 4]);
    entries().append(entriesOf(5, 7));
    entries().prepend(entriesOf(3, 4));
    expect(restart()).toEqual(['epoch-1', 3, 7, 3, 4, 5, 6, 7]);
    entries().forgetBefore(6);
    expect(restart()).toEqual(['epoch-1', 6, 7, 6, 7]);
    entries().forgetBefore(99);
    expect(restart()).toEqual(['epoch-1', 8, 7]);
    entries().append([entryOf(8, 'found')]);
    expect(restart()).toEqual(['epoch-1', 8, 8, 8]);
    expect(seqsOf(entries().search('fou', Infinity, 9))).toEqual([8]);
    entries().reset('epoch-2', 0);
    expect(restart()).toEqual(['epoch-2', 1, 0]);
    storage.close();
  });

  test('keeps rooms apart', () => {
    const storage = openStorage();
    const one = storage.add(roomRecord('room-1'), 'epoch-1', 0).entries;
    const two = storage.add(roomRecord('room-2'), 'epoch-2', 0).entries;
    one.append([entryOf(1, 'apples')]);
    two.append([entryOf(1, 'pears'), entryOf(2, 'apples')]);
    expect(one.find('id-2')).toBeNull();
    expect(seqsOf(two.search('apples', Infinity, 9))).toEqual([2]);
    one.reset('epoch-3', 0);
    expect(seqsOf(two.after(0, 9))).toEqual([1, 2]);
    storage.forget('room-1');
    expect(seqsOf(two.search('apples', Infinity, 9))).toEqual([2]);
  });

  // A plan that asks the index anew for every entry would take minutes.
  test('finds among 50,000 entries that all match', () => {
    const { entries } = openStorage().add(roomRecord('room-1'), 'epoch-1', 0);
    const texts = Array.from({ length: 50_000 }, (_, index) => `number ${index} 今天天气不错`);
    entries.append(texts.map((text, index) => entryOf(index + 1, text)));
    expect(seqsOf(entries.search('numb 4999', Infinity, 50))).toHaveLength(11);
    expect(seqsOf(entries.search('天气', Infinity, 2))).toEqual([50_000, 49_999]);
    expect(seqsOf(entries.before(25_001, 200))).toHaveLength(200);
  });
});

function openStorage(): Storage {
  const storage = openSqliteStorage(testFolder());
  onTestFinished(() => storage.close());
  return storage;
}
