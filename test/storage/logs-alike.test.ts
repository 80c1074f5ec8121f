/** A log in memory and one in the database answer alike, whatever is done to them and whenever it is indexed. */
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { endOf, entryOf, place, relationOf, TALK } from './entries.ts';
import { testFolder } from './folder.ts';
import { indexIn } from './indexed.ts';
import { turn } from './log.contract.ts';
import { roomRecord } from './records.ts';

interface Rooms {
  readonly memory: RoomStorage;
  readonly sqlite: RoomStorage;
  readonly folder: string;
  /** The ids of everything there ever was in it. */
  readonly ids: string[];
  made: number;
}

const SIZE = fc.integer({ min: 1, max: 700 });
const PART = fc.double({ min: 0, max: 1, noNaN: true });
const WORDS = ['apples', 'Bananas', '今天天气', 'Straße', 'pears 7'];

/**
 * An entry with a number and an id nothing had before: messages, and what was done to something that was
 * there; with times that go back now and then, as clocks do.
 */
function someEntry(seq: number, rooms: Rooms): Entry {
  const { ids } = rooms;
  rooms.made += 1;
  // An event that is repeated says the same.
  const made = rooms.made % 97 === 0 ? rooms.made - 5 : rooms.made;
  const to = ids[(made * 7_919) % Math.max(ids.length, 1)] ?? 'none';
  const word = WORDS[made % WORDS.length] ?? '';
  const change = {
    id: `id-${made}`,
    at: (made * 7_001) % 100_000,
    epoch: epochAt(seq),
    person: made % 5 === 0 ? 'bo' : 'ann',
  };
  ids.push(change.id);
  const salted = (entry: Entry): Entry => {
    const { body } = entry;
    return body.state === 'whole'
      ? { ...entry, body: { ...body, salt: `salt of ${made}` } }
      : entry;
  };
  if (made % 11 === 0) return salted(relationOf(seq, 'redaction', to, '', change));
  if (made % 7 === 0) return salted(relationOf(seq, 'edit', to, `${word} edited ${made}`, change));
  if (made % 13 === 0) return salted(relationOf(seq, 'reaction', to, '👍', change));
  return salted(entryOf(seq, `${word} ${made}`, change));
}

function epochAt(seq: number): string {
  return `epoch-${Math.floor(seq / 300)}`;
}

/** Numbers that rise from one on, now and then with a hole. */
function someEntries(from: number, count: number, rooms: Rooms): Entry[] {
  let seq = from;
  return Array.from({ length: count }, (_, index) => {
    seq += index % 61 === 60 ? 40 : 1;
    return someEntry(seq, rooms);
  });
}

type Step = (rooms: Rooms) => void;

const both = (run: (room: RoomStorage) => void): Step => {
  return ({ memory, sqlite }) => [memory, sqlite].forEach(run);
};
const within = (room: RoomStorage, part: number): number => {
  const { start, end } = room.copy(TALK);
  return Math.floor(start.seq + part * (end.seq - start.seq));
};
const idAt = (ids: readonly string[], part: number) => ids[Math.floor(part * ids.length)] ?? '';

const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(SIZE, PART, PART).map(([size, gone, doubted]): Step => (rooms) => {
      const more = someEntries(rooms.memory.copy(TALK).end.seq, size, rooms);
      const odd = Math.floor(doubted * size);
      const checked = more.map((entry, index) =>
        index === odd ? ({ ...entry, doubt: 'signature' } as const) : entry,
      );
      const ids = [idAt(rooms.ids, gone), idAt(rooms.ids, gone / 2)];
      both((room) => room.copy(TALK).append(checked, ids))(rooms);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(SIZE, PART).map(([size, gone]): Step => (rooms) => {
      const { start } = rooms.memory.copy(TALK);
      const from = Math.max(start.seq - size * 2, 0);
      const older = someEntries(from, size, rooms).filter(({ seq }) => seq <= start.seq);
      const ids = [idAt(rooms.ids, gone), older[0]?.id ?? ''];
      both((room) => room.copy(TALK).prepend(place(from, epochAt(from)), older, ids))(rooms);
    }),
  },
  {
    weight: 3,
    arbitrary: PART.map((part): Step => (rooms) => {
      const { memory, sqlite, ids } = rooms;
      const entries = someEntries(memory.hub.log(TALK).last.seq, 3, rooms);
      const redacted = [idAt(ids, part), idAt(ids, part * part)];
      for (const { hub } of [memory, sqlite]) hub.commit(turn({ entries, redacted }));
    }),
  },
  {
    weight: 4,
    arbitrary: fc.nat(3).map(
      (blocks): Step =>
        ({ folder }) =>
          indexIn(folder, blocks),
    ),
  },
  PART.map((part) => both((room) => room.copy(TALK).truncate(within(room, 1 - part / 3)))),
  PART.map((part) => both((room) => room.copy(TALK).forgetTo(within(room, part / 3)))),
  PART.map((part) => both((room) => room.hub.log(TALK).forgetOlder(part * 30_000))),
  fc.nat(3_000).map((seq) => both((room) => room.copy(TALK).reset(place(seq, epochAt(seq))))),
);

test('a log in memory and one in the database answer alike', () => {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  fc.assert(
    fc.property(fc.array(STEP, { minLength: 4, maxLength: 14 }), PART, (steps, part) => {
      storage.forget('room-1');
      const memory = createMemoryStorage().add(roomRecord('room-1'));
      const sqlite = storage.add(roomRecord('room-1'));
      const rooms = { memory, sqlite, folder, ids: [], made: 0 };
      for (const step of steps) {
        step(rooms);
        expect(answers(sqlite, rooms.ids, part)).toEqual(answers(memory, rooms.ids, part));
      }
    }),
    { numRuns: 8 },
  );
});

/** All that a log can be asked. */
function answers(room: RoomStorage, ids: readonly string[], part: number): unknown {
  const copy = room.copy(TALK);
  const at = within(room, part);
  const all = copy.after(0, Infinity);
  const some = [idAt(ids, part), idAt(ids, part / 2), ...ids.slice(-30)];
  return {
    ends: [copy.start, copy.end, room.hub.log(TALK).floor, room.hub.log(TALK).last],
    all,
    pages: [copy.after(at, 7), copy.before(at, 7), copy.before(Infinity, 3)],
    ancestry: copy.ancestry(),
    found: some.map((id) => copy.find(id)),
    relations: new Set(copy.relationsTo(some)),
    searched: ['apples', 'edited 7', '天气', 'strasse', 'pear'].map((query) => [
      room.search(TALK, query, Infinity, 99),
      room.search(TALK, query, at, 5),
    ]),
    last: all.at(-1) && endOf(all.at(-1) ?? expect.unreachable()),
  };
}
