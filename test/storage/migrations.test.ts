import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { OPEN_RULES } from '../../main/hub/rules.ts';
import { SCHEMA_VERSION } from '../../main/storage/migrations.ts';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import { seqsOf } from './entries.ts';
import { testFolder } from './folder.ts';
import { knownMember } from './hub-store.contract.ts';
import { OLD_DATABASES, writeOldDatabase } from './old-databases.ts';

const VERSIONS = OLD_DATABASES.map((_statements, version) => version);

test('every version there was has a database to migrate', () => {
  expect(VERSIONS.at(-1)).toBe(SCHEMA_VERSION);
});

test.each(VERSIONS)('version %i becomes what a new database is', (version) => {
  const old = testFolder();
  const fresh = testFolder();
  writeOldDatabase(join(old, 'lanyard.db'), version);
  for (const folder of [old, fresh]) openSqliteStorage(folder).close();
  expect(schemaOf(old)).toEqual(schemaOf(fresh));
});

test.each(VERSIONS.slice(1))('what version %i kept is still there', (version) => {
  const folder = testFolder();
  writeOldDatabase(join(folder, 'lanyard.db'), version);
  const storage = openSqliteStorage(folder);
  expect(storage.problems).toEqual([]);
  const room = storage.room('room-1') ?? expect.unreachable();
  expect(room.record).toMatchObject({ name: 'Lab 3', hosted: true, port: 47100, ownName: 'Ann' });
  expect(room.entries.epoch).toBe('epoch-1');
  const [ann, bo] = [
    { from: 'ann', name: 'Ann' },
    { from: 'bo', name: 'Bo' },
  ];
  expect(room.entries.after(0, 2)).toMatchObject([
    { kind: 'said', seq: 1, at: 1000, id: 'id-1', ...ann, text: '今天天气不错' },
    { kind: 'said', seq: 2, at: 2000, id: 'id-2', ...bo, text: 'So it is' },
  ]);
  expect(seqsOf(room.entries.search('天气', Infinity, 10))).toEqual([1]);
  expect(room.outbox()).toEqual([
    { id: 'id-3', text: 'Bye', at: 3000, refused: null },
    {
      id: 'id-4',
      text: 'Ciao',
      at: 4000,
      refused: { code: 'not-kept' },
    },
  ]);
  storage.close();
});

test('what was said before anybody signed has no signature', () => {
  const room = migrated(1);
  expect(room.record.hostKey).toBeNull();
  expect(room.record).not.toHaveProperty('token');
  expect(room.entries.after(0, 10)).toMatchObject([
    { at: 1000, written: 1000, signature: '' },
    { at: 2000, written: 2000, signature: '' },
  ]);
  expect(room.entries.after(0, 10).filter((entry) => 'struck' in entry)).toEqual([]);
  expect(room.entries.doubts(0, 10)).toEqual(new Map());
  expect([room.hub.rules(), room.hub.known()]).toEqual([OPEN_RULES, []]);
  expect(room.hub.passphrase()).toBeNull();
});

test.each(VERSIONS.slice(2))('version %i: who did what, and by which rules', (version) => {
  const { entries, hub } = migrated(version);
  expect(entries.after(0, 10)).toMatchObject([
    { written: 990, signature: 'sig-1' },
    { written: 1990, signature: 'sig-2' },
    { kind: 'said', seq: 3, text: '', struck: true, signature: '' },
    { kind: 'act', seq: 4, act: 'ban', on: 'bo', onName: 'Bo', signature: 'sig-4' },
  ]);
  expect(entries.doubts(0, 10)).toEqual(new Map([[2, 'replayed']]));
  expect(hub.known()).toEqual([
    knownMember('ann', { name: 'Ann', moderator: true }),
    knownMember('bo', { name: 'Bo', admitted: false, muted: true, ban: { by: 'Ann', at: 4000 } }),
  ]);
  expect(hub.rules()).toEqual({ access: 'passphrase', locked: true, slowSeconds: 5, invites: [] });
  expect(hub.passphrase()).toEqual({ setup: 'setup', record: 'record' });
});

test.each(VERSIONS.slice(3))('version %i: what is indexed is found', (version) => {
  const entries = migrated(version, 'room-2').entries;
  expect(seqsOf(entries.search('strasse', Infinity, 10))).toEqual(version === 3 ? [] : [7]);
  expect(seqsOf(entries.search('hell', Infinity, 10))).toEqual([300, 1]);
  expect(seqsOf(entries.search('天气', Infinity, 10))).toEqual([1]);
  expect(seqsOf(entries.search('气', Infinity, 10))).toEqual([1]);
});

test('what version 3 indexed with a letter that is two now is found by both', () => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, 3);
  const database = new DatabaseSync(path);
  database.exec("UPDATE entries SET text = 'Straße' WHERE entry = 11");
  database.exec(
    "INSERT INTO word_lists VALUES (51, CAST(char(10) || 'straße' || char(9) || '06' AS BLOB))",
  );
  database.close();
  const storage = openSqliteStorage(dirname(path));
  onTestFinished(() => storage.close());
  const { entries } = storage.room('room-2') ?? expect.unreachable();
  for (const query of ['strasse', 'straße', 'hello', 'hellos']) {
    expect(seqsOf(entries.search(query, Infinity, 1))).toHaveLength(1);
  }
  expect(seqsOf(entries.search('strasse', Infinity, 9))).toEqual([7]);
});

test.each([3, 4])('version %i: the index is filled anew', (version) => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, version);
  const storage = openSqliteStorage(dirname(path));
  onTestFinished(() => storage.close());
  const database = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => database.close());
  const tables = database.prepare(
    'SELECT block FROM word_blocks UNION SELECT list FROM word_lists',
  );
  expect(tables.all()).toEqual([]);
});

test.each([1, 2])('M4: of the index of version %i nothing is left in the file', (version) => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, version);
  expect(readFileSync(path, 'latin1')).toContain('so it is');
  openSqliteStorage(dirname(path)).close();
  const file = readFileSync(path, 'latin1');
  expect(file).toContain('So it is');
  expect(file).not.toContain('so it is');
});

test.each(VERSIONS.slice(0, -1))(
  'version %i is not read as it is, but says what to do',
  (version) => {
    const folder = testFolder();
    writeOldDatabase(join(folder, 'lanyard.db'), version);
    expect(() => readSqliteStorage(folder)).toThrow(
      expect.objectContaining({ code: 'database-older' }),
    );
  },
);

test('a database of a newer Lanyard is left alone', () => {
  const folder = testFolder();
  const path = join(folder, 'lanyard.db');
  openSqliteStorage(folder).close();
  const database = new DatabaseSync(path);
  // A newer one may keep its journal another way.
  database.exec('PRAGMA journal_mode = DELETE; CREATE TABLE newer (thing TEXT)');
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  database.close();
  const before = readFileSync(path);
  const newer = expect.objectContaining({ code: 'database-newer' });
  expect(() => openSqliteStorage(folder)).toThrow(newer);
  expect(() => readSqliteStorage(folder)).toThrow(newer);
  expect(readFileSync(path).equals(before)).toBe(true);
});

/** A room of an old database, in one of today. */
function migrated(version: number, room = 'room-1'): RoomStorage {
  const folder = testFolder();
  writeOldDatabase(join(folder, 'lanyard.db'), version);
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  return storage.room(room) ?? expect.unreachable();
}

function schemaOf(folder: string): unknown {
  const database = new DatabaseSync(join(folder, 'lanyard.db'), { readOnly: true });
  const schema = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const version = database.prepare('PRAGMA user_version').get();
  database.close();
  return [version, ...schema.map(({ name, sql }) => [name, String(sql).replace(/\s+/g, ' ')])];
}
