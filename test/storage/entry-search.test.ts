/** What is said is found before it is indexed and after, whoever indexes it and whatever becomes of it. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DATABASE } from '../../main/storage/database.ts';
import { EntrySearch } from '../../main/storage/entry-search.ts';
import { Indexing } from '../../main/storage/indexing.ts';
import { openHubStore } from '../../main/storage/open-hub-store.ts';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { entriesOf, entryOf, place, relationOf, TALK } from './entries.ts';
import { testFolder } from './folder.ts';
import { blocksIn, countIn, indexIn } from './indexed.ts';
import { turn } from './log.contract.ts';
import { roomRecord } from './records.ts';

/** As many short entries as are indexed together. */
const BLOCK = 512;

test('finds the same whatever is indexed, page by page', () => {
  const { folder, room } = openRoom(2 * BLOCK);
  append(room, entriesOf(2 * BLOCK + 1, 6 * BLOCK));
  room.copy(TALK).prepend(place(BLOCK - 10), entriesOf(BLOCK - 9, 2 * BLOCK), []);
  const found = () => {
    const pages: number[] = [];
    for (let below = Infinity; ; below = pages.at(-1) ?? 0) {
      const page = seqsFor(room, 'entr 7', below, 10);
      pages.push(...page);
      if (page.length < 10) return pages;
    }
  };
  const before = found();
  expect(before.length).toBeGreaterThan(50);
  expect(before).toEqual(before.toSorted((a, b) => b - a));
  for (const blocks of [1, 2, 3, 4, 5, 5]) {
    indexIn(folder, 1);
    expect(blocksIn(folder)).toBe(blocks);
    expect(found()).toEqual(before);
  }
});

test('holes in a log are no blocks', () => {
  const { folder, room } = openRoom(0);
  const far = 2 ** 40;
  append(room, [...entriesOf(1, BLOCK), ...entriesOf(far + 1, far + 2 * BLOCK)]);
  indexIn(folder);
  expect(blocksIn(folder)).toBe(3);
  append(room, entriesOf(2 * far + 1, 2 * far + BLOCK));
  indexIn(folder);
  expect(blocksIn(folder)).toBe(4);
  expect(seqsFor(room, 'entry', far + 2, 3)).toEqual([far + 1, BLOCK, BLOCK - 1]);
  expect(seqsFor(room, `${BLOCK}`)).toEqual([BLOCK]);
});

test('M4: what is redacted, forgotten or dropped after it was indexed is found nowhere, not even in the file', () => {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  const room = storage.add(roomRecord('room-1'));
  const texts = ['the secret recipe', 'the rumour', 'mind the calumny', 'no secret', 'the gossip'];
  for (const [at, text] of texts.entries()) {
    const from = at * BLOCK + 1;
    append(room, [entryOf(from, text), ...entriesOf(from + 1, from + BLOCK - 1)]);
  }
  indexIn(folder);
  expect(blocksIn(folder)).toBe(5);
  const [two, three] = [BLOCK + 1, 2 * BLOCK + 1].map((seq) => `id-${seq}`);
  const last = 4 * BLOCK;
  room.copy(TALK).truncate(last);
  append(room, [relationOf(last + 1, 'redaction', two ?? '')], [two ?? '']);
  const entries = [relationOf(last + 2, 'redaction', three ?? '')];
  room.hub.commit(turn({ entries, redacted: [three ?? ''] }));
  room.copy(TALK).forgetTo(1);
  expect(blocksIn(folder)).toBe(3);
  const words = ['recipe', 'rumour', 'calumny', 'gossip'];
  expect(words.flatMap((word) => seqsFor(room, word))).toEqual([]);
  expect(seqsFor(room, 'secret')).toEqual([3 * BLOCK + 1]);
  expect(seqsFor(room, 'entry', BLOCK + 4, 3)).toEqual([BLOCK + 3, BLOCK + 2, BLOCK]);
  storage.close();
  const file = readFileSync(join(folder, DATABASE), 'latin1');
  expect(file).toContain('no secret');
  for (const word of words) expect(file).not.toContain(word);
});

test('M5: an edit after it was indexed is found by its new words alone', () => {
  const { folder, room } = openRoom(0);
  append(room, [entryOf(1, 'apples'), ...entriesOf(2, BLOCK)]);
  indexIn(folder);
  append(room, [relationOf(BLOCK + 1, 'edit', 'id-1', 'pears')]);
  expect([seqsFor(room, 'apples'), seqsFor(room, 'pears')]).toEqual([[], [1]]);
  append(room, [relationOf(BLOCK + 2, 'redaction', `id-${BLOCK + 1}`)], [`id-${BLOCK + 1}`]);
  expect([seqsFor(room, 'apples'), seqsFor(room, 'pears')]).toEqual([[1], []]);
  append(room, [relationOf(BLOCK + 3, 'edit', 'id-1', 'plums')]);
  room.copy(TALK).truncate(BLOCK);
  expect([seqsFor(room, 'apples'), seqsFor(room, 'plums')]).toEqual([[1], []]);
});

test('what is said after a copy began anew is found under the same numbers', () => {
  const { folder, room } = openRoom(0);
  append(room, entriesOf(1, BLOCK));
  indexIn(folder);
  room.copy(TALK).reset(place(0, 'epoch-2'));
  expect(seqsFor(room, 'entry')).toEqual([]);
  append(
    room,
    entriesOf(1, BLOCK).map(({ seq }) => entryOf(seq, `another ${seq}`)),
  );
  for (const _ of ['before', 'after']) {
    expect(seqsFor(room, 'entry')).toEqual([]);
    expect(seqsFor(room, 'another', Infinity, 1)).toEqual([BLOCK]);
    indexIn(folder);
  }
});

test('S7: what was kept before the power went is found, and indexed after', () => {
  const { folder, room } = openRoom(0);
  append(room, entriesOf(1, 2 * BLOCK));
  indexIn(folder, 1);
  append(room, entriesOf(2 * BLOCK + 1, 3 * BLOCK));
  const after = testFolder();
  for (const suffix of ['', '-wal']) {
    copyFileSync(join(folder, DATABASE + suffix), join(after, DATABASE + suffix));
  }
  const again = openRoomIn(after);
  expect(blocksIn(after)).toBe(1);
  const found = () => seqsFor(again, 'entry', Infinity, 9_999).length;
  expect(found()).toBe(3 * BLOCK);
  indexIn(after);
  expect(blocksIn(after)).toBe(3);
  expect(found()).toBe(3 * BLOCK);
});

test('what a hub keeps over a connection of its own is found over others, while it is indexed', () => {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  const room = storage.add(roomRecord('room-1', true));
  const { store, close } = openHubStore(folder, 'room-1');
  onTestFinished(close);
  const reader = readSqliteStorage(folder);
  onTestFinished(() => reader.close());
  const seen = reader.room('room-1') ?? expect.unreachable();
  const everywhere = (below = Infinity) =>
    [room, seen].map((each) => seqsFor(each, 'entry', below, 2).join());
  for (const last of [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK]) {
    store.commit(turn({ entries: entriesOf(store.log(TALK).last.seq + 1, last) }));
    expect(everywhere()).toEqual(Array(2).fill(`${last},${last - 1}`));
    indexIn(folder);
    expect(everywhere()).toEqual(Array(2).fill(`${last},${last - 1}`));
  }
  const entries = [relationOf(2 * BLOCK + 1, 'redaction', 'id-3')];
  store.commit(turn({ entries, redacted: ['id-3'] }));
  expect(everywhere(5)).toEqual(Array(2).fill('4,2'));
});

test('a room that is forgotten leaves nothing in the index, nor anywhere else', () => {
  const { folder, storage, room } = openRoom(0);
  append(room, entriesOf(1, BLOCK));
  indexIn(folder);
  expect(countIn(folder, 'word_lists')).toBeGreaterThan(0);
  storage.forget('room-1');
  const tables = ['word_blocks', 'word_lists', 'entries', 'conversations', 'strings'];
  expect(tables.map((table) => countIn(folder, table))).toEqual([0, 0, 0, 0, 0]);
});

test('what was said is indexed by itself in a while, also what waited since the last start', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  const room = storage.add(roomRecord('room-1'));
  append(room, entriesOf(1, 2 * BLOCK));
  expect(blocksIn(folder)).toBe(0);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(2);
  append(room, entriesOf(2 * BLOCK + 1, 3 * BLOCK));
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
  onTestFinished(() => storage.close());
  for (const id of ['room-1', 'room-2']) {
    append(storage.add(roomRecord(id)), entriesOf(1, 2 * BLOCK));
  }
  const after = [1, 2, 3, 4, 5].map(() => {
    vi.advanceTimersToNextTimer();
    return [blocksIn(folder), countIn(folder, '(SELECT DISTINCT conversation FROM word_blocks)')];
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
  append(storage.add(roomRecord('room-1')), entriesOf(1, BLOCK));
  storage.close();
  const sqlite = new DatabaseSync(join(folder, DATABASE));
  onTestFinished(() => sqlite.close());
  const indexing = new Indexing(sqlite);
  const search = new EntrySearch(sqlite, 1, TALK);
  sqlite.exec('PRAGMA max_page_count = 1');
  indexing.later(search);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(0);
  expect(search.find('entry', Infinity, 1)).toMatchObject([{ seq: BLOCK }]);
  sqlite.exec('PRAGMA max_page_count = 1000000');
  indexing.later(search);
  vi.runAllTimers();
  expect(blocksIn(folder)).toBe(1);
});

test('longer texts make smaller blocks, so that none takes long', () => {
  const { folder, room } = openRoom(BLOCK);
  const found = () => seqsFor(room, '天天 end', Infinity, 9_999);
  append(room, longEntries(BLOCK + 1, 3 * BLOCK));
  room.copy(TALK).prepend(place(0), longEntries(1, BLOCK), []);
  indexIn(folder, 1);
  append(room, longEntries(3 * BLOCK + 1, 4 * BLOCK));
  indexIn(folder);
  expect(blocksIn(folder)).toBeGreaterThan(40);
  expect(found()).toEqual(entriesOf(1, 4 * BLOCK).map(({ seq }) => 4 * BLOCK + 1 - seq));
  append(
    room,
    [],
    [1, 2 * BLOCK, 3 * BLOCK + 10, 4 * BLOCK].map((seq) => `id-${seq}`),
  );
  room.copy(TALK).forgetTo(BLOCK + 6);
  expect(found()).toHaveLength(3 * BLOCK - 6 - 3);
  expect(seqsFor(room, '700')).toEqual([700]);
});

function longEntries(from: number, to: number): Entry[] {
  return entriesOf(from, to).map(({ seq }) => entryOf(seq, `${seq} ${'天'.repeat(1_000)} end`));
}

/** A room whose copy begins after so many entries. */
function openRoom(start: number): { folder: string; storage: Storage; room: RoomStorage } {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  const room = storage.add(roomRecord('room-1'));
  room.copy(TALK).reset(place(start));
  return { folder, storage, room };
}

/** The room of a folder that was left behind. */
function openRoomIn(folder: string): RoomStorage {
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  return storage.room('room-1') ?? expect.unreachable();
}

function append(room: RoomStorage, entries: readonly Entry[], gone: readonly string[] = []): void {
  room.copy(TALK).append(entries, gone);
}

/** The seqs of what is found. */
function seqsFor(room: RoomStorage, query: string, below = Infinity, limit = 9): number[] {
  return room.search(TALK, query, below, limit).map(({ seq }) => seq);
}
