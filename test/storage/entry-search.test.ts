/** What is said is found before it is indexed and after, whoever indexes it and whatever becomes of it. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Entry } from '../../main/protocol/messages.ts';
import { DATABASE, prepareConnection } from '../../main/storage/database.ts';
import { EntrySearch } from '../../main/storage/entry-search.ts';
import { Indexing } from '../../main/storage/indexing.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { openHubStore } from '../../main/storage/open-hub-store.ts';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { entriesOf, entryOf, seqsOf } from './entries.ts';
import { testFolder } from './folder.ts';
import { NOTHING } from './hub-store.contract.ts';
import { roomRecord } from './records.ts';

/** As many short entries as are indexed together. */
const BLOCK = 512;

test('finds the same whatever is indexed, page by page', () => {
  const { folder, entries } = openRoom(2 * BLOCK);
  entries.append(entriesOf(2 * BLOCK + 1, 6 * BLOCK));
  entries.prepend(entriesOf(BLOCK - 9, 2 * BLOCK));
  const found = () => {
    const pages: number[] = [];
    for (let below = Infinity; ; below = pages.at(-1) ?? 0) {
      const page = seqsOf(entries.search('entr 7', below, 10));
      pages.push(...page);
      if (page.length < 10) return pages;
    }
  };
  const before = found();
  expect(before.length).toBeGreaterThan(50);
  expect(before).toEqual(before.toSorted((a, b) => b - a));
  for (const blocks of [1, 2, 3, 4, 5, 5]) {
    index(folder, 1);
    expect(blocksIn(folder)).toBe(blocks);
    expect(found()).toEqual(before);
  }
});

test('M4: what is struck or forgotten after it was indexed is found nowhere, not even in the file', () => {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  const { entries, hub } = storage.add(roomRecord('room-1', true), 'epoch-1', 0);
  const texts = ['the secret recipe', 'the rumour', 'mind the calumny', 'no secret'];
  for (const [at, text] of texts.entries()) {
    const from = at * BLOCK + 1;
    entries.append([entryOf(from, text), ...entriesOf(from + 1, from + BLOCK - 1)]);
  }
  index(folder);
  expect(blocksIn(folder)).toBe(4);
  entries.strike(`id-${BLOCK + 1}`);
  hub.commit({ ...NOTHING, struck: [`id-${2 * BLOCK + 1}`] });
  entries.forgetBefore(2);
  expect(blocksIn(folder)).toBe(3);
  expect(entries.search('recipe', Infinity, 9)).toEqual([]);
  expect(entries.search('rumour', Infinity, 9)).toEqual([]);
  expect(entries.search('calumny', Infinity, 9)).toEqual([]);
  expect(seqsOf(entries.search('secret', Infinity, 9))).toEqual([3 * BLOCK + 1]);
  expect(seqsOf(entries.search('entry', BLOCK + 4, 3))).toEqual([BLOCK + 3, BLOCK + 2, BLOCK]);
  storage.close();
  const file = readFileSync(join(folder, DATABASE), 'latin1');
  expect(file).toContain('no secret');
  for (const word of ['recipe', 'rumour', 'calumny']) expect(file).not.toContain(word);
});

test('L6: what is said after the history was cleared is found under the same numbers', () => {
  const { folder, entries } = openRoom(0);
  entries.append(entriesOf(1, BLOCK));
  index(folder);
  entries.reset('epoch-2', 0);
  expect(entries.search('entry', Infinity, 9)).toEqual([]);
  entries.append(entriesOf(1, BLOCK).map(({ seq }) => entryOf(seq, `another ${seq}`)));
  expect(entries.search('entry', Infinity, 9)).toEqual([]);
  expect(seqsOf(entries.search('another', Infinity, 1))).toEqual([BLOCK]);
  index(folder);
  expect(entries.search('entry', Infinity, 9)).toEqual([]);
  expect(seqsOf(entries.search('another', Infinity, 1))).toEqual([BLOCK]);
});

test('S7: what was kept before the power went is found, and indexed after', () => {
  const { folder, entries } = openRoom(0);
  entries.append(entriesOf(1, 2 * BLOCK));
  index(folder, 1);
  entries.append(entriesOf(2 * BLOCK + 1, 3 * BLOCK));
  const after = testFolder();
  for (const suffix of ['', '-wal']) {
    copyFileSync(join(folder, DATABASE + suffix), join(after, DATABASE + suffix));
  }
  const again = openRoomIn(after);
  expect(blocksIn(after)).toBe(1);
  const found = () => seqsOf(again.search('entry', Infinity, 9_999)).length;
  expect(found()).toBe(3 * BLOCK);
  index(after);
  expect(blocksIn(after)).toBe(3);
  expect(found()).toBe(3 * BLOCK);
});

test('what a hub keeps over a connection of its own is found over others, while it is indexed', () => {
  const { folder, entries } = openRoom(0);
  const { store, close } = openHubStore(folder, 'room-1');
  onTestFinished(close);
  const reader = readSqliteStorage(folder);
  onTestFinished(() => reader.close());
  const everywhere = (below = Infinity) =>
    [entries, store.log, reader.room('room-1')?.entries].map((each) =>
      seqsOf(each?.search('entry', below, 2) ?? []).join(),
    );
  for (const last of [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK]) {
    store.commit({ ...NOTHING, entries: entriesOf(store.log.last + 1, last) });
    expect(everywhere()).toEqual(Array(3).fill(`${last},${last - 1}`));
    index(folder);
    expect(everywhere()).toEqual(Array(3).fill(`${last},${last - 1}`));
  }
  store.commit({ ...NOTHING, struck: ['id-3'] });
  expect(everywhere(5)).toEqual(Array(3).fill('4,2'));
  // Who indexes may have looked at the log before it began anew.
  store.log.reset('epoch-2', 0);
  index(folder);
  store.commit({ ...NOTHING, entries: entriesOf(1, BLOCK) });
  expect(everywhere()).toEqual(Array(3).fill(`${BLOCK},${BLOCK - 1}`));
});

test('a room that is forgotten leaves nothing in the index', () => {
  const { folder, storage, entries } = openRoom(0);
  entries.append(entriesOf(1, BLOCK));
  index(folder);
  storage.forget('room-1');
  expect(blocksIn(folder)).toBe(0);
  expect(countIn(folder, 'word_lists')).toBe(0);
});

test('what was said is indexed by itself in a while, also what waited since the last start', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  const { entries } = storage.add(roomRecord('room-1'), 'epoch-1', 0);
  entries.append(entriesOf(1, 2 * BLOCK));
  expect(blocksIn(folder)).toBe(0);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(2);
  entries.append(entriesOf(2 * BLOCK + 1, 3 * BLOCK));
  storage.close();
  vi.runAllTimers();
  openRoomIn(folder);
  expect(blocksIn(folder)).toBe(2);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(3);
});

test('the logs of a database are indexed in turns, one block at a time', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  for (const id of ['room-1', 'room-2']) {
    storage.add(roomRecord(id), 'epoch-1', 0).entries.append(entriesOf(1, 2 * BLOCK));
  }
  const after = [1, 2, 3, 4, 5].map(() => {
    vi.advanceTimersToNextTimer();
    return [blocksIn(folder), countIn(folder, '(SELECT DISTINCT room FROM word_blocks)')];
  });
  expect(after).toEqual([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 2],
    [4, 2],
  ]);
});

test('an index that the disk has no room for waits for the next entries', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  storage.add(roomRecord('room-1'), 'epoch-1', 0).entries.append(entriesOf(1, BLOCK));
  storage.close();
  const sqlite = new DatabaseSync(join(folder, DATABASE));
  onTestFinished(() => sqlite.close());
  const indexing = new Indexing(sqlite);
  const search = new EntrySearch(sqlite, 1);
  sqlite.exec('PRAGMA max_page_count = 1');
  indexing.later(search);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(0);
  expect(search.find('entry', Infinity, 1)).toEqual([BLOCK]);
  sqlite.exec('PRAGMA max_page_count = 1000000');
  indexing.later(search);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(1);
});

test.each([[[300]], [[300, 600]], [[600, 1_500]], [[600, 1_600]]])(
  'L5: knows the last entry that is too old, of %j',
  (old) => {
    // Less than a block, two blocks, and what came after them.
    const { folder, entries } = openRoom(BLOCK / 2);
    const all = entriesOf(BLOCK / 2 + 1, 3 * BLOCK + 100).map((entry) => ({
      ...entry,
      at: old.includes(entry.seq) ? 1 : 1_000,
    }));
    const found = () => [1, 500, Infinity].map((at) => entries.firstSince(at));
    entries.append(all.slice(0, -100));
    index(folder);
    entries.append(all.slice(-100));
    expect(blocksIn(folder)).toBe(2);
    expect(found()).toEqual([BLOCK / 2 + 1, (old.at(-1) ?? 0) + 1, 3 * BLOCK + 101]);
    entries.reset('epoch-2', BLOCK / 2);
    entries.append(all);
    expect(found()).toEqual([BLOCK / 2 + 1, (old.at(-1) ?? 0) + 1, 3 * BLOCK + 101]);
  },
);

test('longer texts make smaller blocks, so that none takes long', () => {
  const { folder, entries } = openRoom(BLOCK);
  const found = () => seqsOf(entries.search('天天 end', Infinity, 9_999));
  entries.append(longEntries(BLOCK + 1, 3 * BLOCK));
  entries.prepend(longEntries(1, BLOCK));
  index(folder, 1);
  entries.append(longEntries(3 * BLOCK + 1, 4 * BLOCK));
  index(folder);
  expect(blocksIn(folder)).toBeGreaterThan(40);
  expect(found()).toEqual(seqsOf(entriesOf(1, 4 * BLOCK).toReversed()));
  for (const seq of [1, 2 * BLOCK, 3 * BLOCK + 10, 4 * BLOCK]) entries.strike(`id-${seq}`);
  entries.forgetBefore(BLOCK + 7);
  expect(found()).toHaveLength(3 * BLOCK - 6 - 3);
  expect(seqsOf(entries.search('700', Infinity, 9))).toEqual([700]);
});

function longEntries(from: number, to: number): Entry[] {
  return entriesOf(from, to).map(({ seq }) => entryOf(seq, `${seq} ${'天'.repeat(1_000)} end`));
}

/** Entries whose times go back now and then, as clocks do. */
function talk(from: number, to: number): Entry[] {
  return entriesOf(from, to).map((entry) => ({ ...entry, at: (entry.seq * 7_001) % 100_000 }));
}

const SIZE = fc.integer({ min: 1, max: BLOCK + 40 });
const PART = fc.double({ min: 0, max: 1, noNaN: true });
type Step = (stores: { memory: EntryStore; sqlite: EntryStore; folder: string }) => void;
const each =
  (run: (store: EntryStore) => void): Step =>
  ({ memory, sqlite }) =>
    [memory, sqlite].forEach(run);
const within = ({ first, last }: EntryStore, part: number) =>
  first + Math.floor(part * (last - first));

const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: SIZE.map((size) => each((log) => log.append(talk(log.last + 1, log.last + size)))),
  },
  SIZE.map((size) =>
    each((log) => log.prepend(talk(Math.max(log.first - size, 1), log.first - 1))),
  ),
  {
    weight: 3,
    arbitrary: fc.nat(3).map(
      (blocks): Step =>
        ({ folder }) =>
          index(folder, blocks),
    ),
  },
  {
    weight: 2,
    arbitrary: PART.map((part) => each((log) => log.strike(`id-${within(log, part)}`))),
  },
  PART.map((part) => each((log) => log.forgetBefore(within(log, part / 2)))),
  fc.nat(2_000).map((last) => each((log) => log.reset(`epoch-${last}`, last))),
);

test('finds what a log in memory finds, whatever is done and whenever it is indexed', () => {
  const { folder, storage } = openRoom(0);
  fc.assert(
    fc.property(fc.array(STEP, { minLength: 4, maxLength: 10 }), PART, (steps, part) => {
      storage.forget('room-1');
      const sqlite = storage.add(roomRecord('room-1'), 'epoch-0', 1_300).entries;
      const memory = new MemoryEntries('epoch-0', 1_300);
      for (const step of steps) {
        step({ memory, sqlite, folder });
        const below = within(memory, part);
        for (const query of ['entry', 'e 1', '17']) {
          expect(sqlite.search(query, Infinity, 99)).toEqual(memory.search(query, Infinity, 99));
          expect(sqlite.search(query, below, 5)).toEqual(memory.search(query, below, 5));
        }
        for (const at of [0, part * 99_000, Infinity]) {
          expect(sqlite.firstSince(at)).toBe(memory.firstSince(at));
        }
      }
    }),
    { numRuns: 20 },
  );
});

function openRoom(last: number): { folder: string; storage: Storage; entries: EntryStore } {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  const { entries } = storage.add(roomRecord('room-1', true), 'epoch-1', last);
  return { folder, storage, entries };
}

/** The log of a folder that was left behind. */
function openRoomIn(folder: string): EntryStore {
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  return storage.room('room-1')?.entries ?? expect.unreachable();
}

/** Does over a connection of its own what time does otherwise. */
function index(folder: string, blocks = Infinity): void {
  const sqlite = new DatabaseSync(join(folder, DATABASE));
  prepareConnection(sqlite);
  const { room } = sqlite.prepare('SELECT room FROM rooms').get() ?? {};
  const search = new EntrySearch(sqlite, Number(room));
  for (let done = 0; done < blocks && search.indexBlock(); done += 1);
  sqlite.close();
}

function blocksIn(folder: string): number {
  return countIn(folder, 'word_blocks');
}

function countIn(folder: string, table: string): number {
  const sqlite = new DatabaseSync(join(folder, DATABASE), { readOnly: true });
  const count = sqlite.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count'];
  sqlite.close();
  return Number(count);
}
