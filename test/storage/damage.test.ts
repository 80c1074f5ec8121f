/** What is damaged is kept and said, never overwritten. */
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { entriesOf, TALK } from './entries.ts';
import { testFolder } from './folder.ts';
import { turn } from './log.contract.ts';
import { roomRecord } from './records.ts';
import { epoch, item } from './storage.contract.ts';

const ENTRIES = 600;

/** The ways a file gets damaged; each leaves one that cannot be trusted. */
const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'is no database at all': (path) => writeFileSync(path, 'Dear diary,\n'.repeat(1_000)),
  'is a picture': (path) =>
    writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])),
  'is cut in half': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'lost its last page': (path) => truncateSync(path, statSync(path).size - 4096),
  'is cut inside the first page': (path) => truncateSync(path, 1_000),
  'is zeros': (path) => writeFileSync(path, Buffer.alloc(statSync(path).size)),
  'has zeros at its beginning': (path) => overwrite(path, 0, Buffer.alloc(4096)),
  'has rubbish behind its header': (path) => overwrite(path, 100, rubbish(1, 3_900)),
  'has rubbish in the middle': (path) =>
    overwrite(path, Math.floor(statSync(path).size / 8192) * 4096, rubbish(2, 16 * 4096)),
  'is another program’s': (path) => {
    writeFileSync(path, '');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE rooms (number TEXT); INSERT INTO rooms VALUES (7)');
    database.close();
  },
  'says of a room what cannot be read': (path) => {
    const database = new DatabaseSync(path);
    database.exec(`UPDATE rooms SET record = '{"id":"roo'`);
    database.close();
  },
  'says of an epoch what cannot be read': (path) => {
    const database = new DatabaseSync(path);
    database.exec(`UPDATE epochs SET record = '{"room":"r"}'`);
    database.close();
  },
  'has in its outbox what cannot be read': (path) => {
    const database = new DatabaseSync(path);
    database.exec(`UPDATE outbox SET event = replace(event, '"whole"', '"half"')`);
    database.close();
  },
  'says of old rules what cannot be read': (path) => {
    const database = new DatabaseSync(path);
    database.exec(`
      INSERT INTO old_rooms VALUES (1, 'old',
        '{"name":"Old","hosted":true,"active":true,"addresses":[],"you":null,"ownName":"","read":0}', '', 0);
      INSERT INTO old_rules VALUES (1, '{"access":"ajar","locked":false,"slowSeconds":0,"invites":[]}', NULL)`);
    database.close();
  },
};

describe('a database that', () => {
  test.each(Object.keys(DAMAGES))('%s is set aside', (damage) => {
    const folder = testFolder();
    const path = join(folder, 'lanyard.db');
    fill(folder);
    DAMAGES[damage]?.(path);
    const damaged = readFileSync(path);
    expect(() => readSqliteStorage(folder)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^database-(damaged|older)$/) }),
    );
    const storage = openSqliteStorage(folder);
    expect(storage.problems).toMatchObject([{ code: 'database-damaged' }]);
    expect(storage.rooms()).toEqual([]);
    worksAgain(storage);
    storage.close();
    const aside = setAside(folder);
    expect(storage.problems[0]?.message).toContain(aside);
    expect(readFileSync(join(folder, aside)).equals(damaged)).toBe(true);
    const again = openSqliteStorage(folder);
    expect(again.problems).toEqual([]);
    expect(again.rooms()).toHaveLength(1);
    again.close();
  });

  test('is cut to nothing takes what had not reached it along', () => {
    const { folder, path } = crashed();
    truncateSync(path, 0);
    const written = readFileSync(`${path}-wal`);
    const storage = openSqliteStorage(folder);
    expect(storage.problems).toMatchObject([{ code: 'database-damaged' }]);
    storage.close();
    expect(readFileSync(join(folder, `${setAside(folder)}-wal`)).equals(written)).toBe(true);
  });

  test('is damaged twice keeps both', () => {
    const folder = testFolder();
    for (const text of ['one', 'two']) {
      writeFileSync(join(folder, 'lanyard.db'), text.repeat(1_000));
      openSqliteStorage(folder).close();
    }
    const kept = readdirSync(folder).filter((name) => name.includes('damaged'));
    expect(kept.map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 3))).toEqual([
      'one',
      'two',
    ]);
  });
});

test('what had not reached the database when the power went is there again', () => {
  const { folder } = crashed();
  const storage = openSqliteStorage(folder);
  expect(storage.problems).toEqual([]);
  expect(storage.room('room-1')?.copy(TALK).end.seq).toBe(ENTRIES);
  storage.close();
});

test('a -wal file cut anywhere loses only what was written last', () => {
  const { folder, path } = crashed();
  const random = new SeededRandom(1);
  const size = statSync(`${path}-wal`).size;
  for (let cut = 0; cut < 10; cut += 1) {
    const at = testFolder();
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(at, `lanyard.db${suffix}`));
    truncateSync(join(at, 'lanyard.db-wal'), Math.floor(random.between(0, size)));
    const storage = openSqliteStorage(at);
    expect(storage.problems).toEqual([]);
    const copy = (storage.room('room-1') ?? expect.unreachable()).copy(TALK);
    expect(copy.after(0, ENTRIES)).toEqual(entriesOf(1, copy.end.seq));
    storage.close();
  }
  expect(existsSync(folder)).toBe(true);
});

test('rubbish anywhere: either it is set aside or it can be used', () => {
  const original = testFolder();
  fill(original);
  const random = new SeededRandom(7);
  for (let round = 0; round < 30; round += 1) {
    const folder = testFolder();
    const path = join(folder, 'lanyard.db');
    copyFileSync(join(original, 'lanyard.db'), path);
    const at = Math.floor(random.between(0, statSync(path).size - 600));
    overwrite(path, at, rubbish(round, Math.floor(random.between(1, 600))));
    const damaged = readFileSync(path);
    const storage = openSqliteStorage(folder);
    if (storage.problems.length > 0) {
      expect(readFileSync(join(folder, setAside(folder))).equals(damaged)).toBe(true);
    }
    const room = storage.room('room-1') ?? storage.add(roomRecord('room-1'));
    const copy = room.copy(TALK);
    expect(copy.after(0, ENTRIES).length).toBeLessThanOrEqual(ENTRIES);
    const { seq } = copy.end;
    copy.append(entriesOf(seq + 1, seq + 3), []);
    room.search(TALK, 'entry', Infinity, 50);
    copy.forgetTo(seq + 1);
    storage.close();
  }
});

function fill(folder: string): void {
  const storage = openSqliteStorage(folder);
  const room = storage.add(roomRecord('room-1'));
  room.hub.commit(turn({ entries: entriesOf(1, ENTRIES) }));
  room.hub.addEpoch(epoch(1));
  room.saveOutbox([item('a')]);
  storage.close();
}

/** A database as the end of power leaves it: the last entries are in the -wal file alone. */
function crashed(): { readonly folder: string; readonly path: string } {
  const running = testFolder();
  const folder = testFolder();
  const storage = openSqliteStorage(running);
  const copy = storage.add(roomRecord('room-1')).copy(TALK);
  for (let seq = 1; seq <= ENTRIES; seq += 20) copy.append(entriesOf(seq, seq + 19), []);
  for (const suffix of ['', '-wal']) {
    copyFileSync(join(running, `lanyard.db${suffix}`), join(folder, `lanyard.db${suffix}`));
  }
  storage.close();
  return { folder, path: join(folder, 'lanyard.db') };
}

function worksAgain(storage: Storage): void {
  const room = storage.add(roomRecord('room-1'));
  room.copy(TALK).append(entriesOf(1, 3), []);
  expect(room.search(TALK, 'entry', Infinity, 9)).toHaveLength(3);
}

/** The name of the one database that was set aside. */
function setAside(folder: string): string {
  const [name, ...others] = readdirSync(folder).filter((it) => /damaged-[\dTZ.-]+$/.test(it));
  expect(others).toEqual([]);
  return name ?? expect.unreachable();
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const content = readFileSync(path);
  bytes.copy(content, at);
  writeFileSync(path, content);
}

function rubbish(seed: number, length: number): Buffer {
  const random = new SeededRandom(seed);
  return Buffer.from(Array.from({ length }, () => Math.floor(random.between(0, 256))));
}
