import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SCHEMA_VERSION } from '../../main/storage/migrations.ts';
import type { OldRoom } from '../../main/storage/old-rooms.ts';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { testFolder } from './folder.ts';
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

/** The last of protocol 1. */
const LAST_OLD = 5;
const [ANN, BO] = [
  { from: 'ann', name: 'Ann' },
  { from: 'bo', name: 'Bo' },
];

/** The room that old databases have, in a storage of today. */
function oldRoomIn(storage: Storage): OldRoom {
  return storage.old.rooms()[0] ?? expect.unreachable();
}

test.each([2, 3, 4, LAST_OLD])(
  'version %i: rooms of protocol 1 stay aside, with everything that was known of them',
  (version) => {
    const storage = migrated(version);
    expect([storage.problems, storage.rooms()]).toEqual([[], []]);
    const old = oldRoomIn(storage);
    expect(old).toMatchObject({
      id: 'room-1',
      record: {
        name: 'Lab 3',
        hosted: true,
        active: true,
        port: 47_100,
        you: 'ann',
        ownName: 'Ann',
        read: 1,
        idleMinutes: null,
        remembersDays: null,
      },
      rules: { access: 'passphrase', locked: true, slowSeconds: 5, invites: [] },
      passphrase: { setup: 'setup', record: 'record' },
      known: [
        { id: 'ann', name: 'Ann', admitted: true, moderator: true, muted: false, ban: null },
        { id: 'bo', moderator: false, muted: true, ban: { by: 'Ann', at: 4000 } },
      ],
      texts: [
        { id: 'id-3', text: 'Bye', at: 3000 },
        { id: 'id-4', text: 'Ciao', at: 4000 },
      ],
    });
    const before = { act: null, struck: false };
    expect(storage.old.entries('room-1', 0, 9)).toEqual([
      {
        seq: 1,
        at: 1000,
        id: 'id-1',
        ...ANN,
        text: '今天天气不错',
        written: 990,
        signature: 'sig-1',
        ...before,
      },
      {
        seq: 2,
        at: 2000,
        id: 'id-2',
        ...BO,
        text: 'So it is',
        written: 1990,
        signature: 'sig-2',
        ...before,
      },
      {
        seq: 3,
        at: 3000,
        id: 'id-5',
        ...BO,
        text: '',
        written: 2990,
        signature: '',
        ...before,
        struck: true,
      },
      {
        seq: 4,
        at: 4000,
        id: 'id-6',
        ...ANN,
        text: '',
        written: 3990,
        signature: 'sig-4',
        struck: false,
        act: { name: 'ban', on: 'bo', onName: 'Bo' },
      },
    ]);
    expect(storage.old.entries('room-1', 2, 1)).toMatchObject([{ seq: 3 }]);
  },
);

test('from before devices had keys too', () => {
  const storage = migrated(1);
  const old = oldRoomIn(storage);
  expect(old).toMatchObject({ id: 'room-1', rules: null, passphrase: null, known: [] });
  expect(old.record).toMatchObject({ name: 'Lab 3', hosted: true, port: 47_100, ownName: 'Ann' });
  expect(storage.old.entries('room-1', 0, 9)).toMatchObject([
    { id: 'id-1', at: 1000, written: 1000, signature: '' },
    { id: 'id-2', at: 2000, written: 2000, signature: '' },
  ]);
});

test('of what was signed over nothing is left, in the file neither', () => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, LAST_OLD);
  const storage = openSqliteStorage(dirname(path));
  storage.old.drop('room-1');
  storage.old.drop('room-1');
  expect(storage.old.rooms().map(({ id }) => id)).toEqual(['room-2']);
  expect(storage.old.entries('room-1', 0, 9)).toEqual([]);
  expect(storage.old.entries('room-2', 0, 9)).not.toEqual([]);
  storage.close();
  expect(readFileSync(path, 'latin1')).not.toContain('So it is');
});

test('an old room that cannot be read is damage, and nothing was changed', () => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, LAST_OLD, `UPDATE rooms SET record = '{"name":"La' WHERE room = 2`);
  const before = readFileSync(path);
  const storage = openSqliteStorage(dirname(path));
  onTestFinished(() => storage.close());
  expect(storage.problems).toMatchObject([{ code: 'database-damaged' }]);
  const aside = readdirSync(dirname(path)).find((name) => name.includes('damaged')) ?? '';
  expect(readFileSync(join(dirname(path), aside)).equals(before)).toBe(true);
});

test.each(VERSIONS.slice(1, LAST_OLD + 1))(
  'version %i: nothing is left of its index',
  (version) => {
    const path = join(testFolder(), 'lanyard.db');
    writeOldDatabase(path, version);
    const storage = openSqliteStorage(dirname(path));
    onTestFinished(() => storage.close());
    const database = new DatabaseSync(path, { readOnly: true });
    onTestFinished(() => database.close());
    const tables = 'SELECT block FROM word_blocks UNION SELECT list FROM word_lists';
    expect(database.prepare(tables).all()).toEqual([]);
  },
);

test('version 6: everything of a room is still there', () => {
  const storage = migrated(6);
  const room = storage.room('a-room') ?? expect.unreachable();
  expect(room.record).toMatchObject({
    founder: 'ann',
    nonce: 'room-1',
    hosted: true,
    port: 47_100,
  });
  const copy = room.copy('talk');
  expect([copy.start, copy.end]).toEqual([
    { epoch: 'epoch-0', seq: 6, link: 'link-6' },
    { epoch: 'epoch-1', seq: 9, link: 'link-9' },
  ]);
  expect(copy.after(0, 9)).toEqual([
    {
      conversation: 'talk',
      seq: 7,
      epoch: 'epoch-1',
      id: 'id-7',
      at: 7000,
      origin: null,
      policy: '',
      kind: 'message/text',
      person: 'ann',
      device: 'laptop',
      name: 'Ann',
      written: 6990,
      references: [],
      body: { state: 'whole', salt: 'salt-7', text: '{"text":"今天天气不错"}' },
      signature: 'sig-7',
      link: 'link-7',
    },
    expect.objectContaining({
      seq: 8,
      person: 'bo',
      origin: { epoch: 'epoch-1', seq: 3 },
      references: [{ as: 're', id: 'id-7' }],
      body: { state: 'redacted', digest: 'digest-8' },
    }),
    expect.objectContaining({ seq: 9, kind: 'relation/edit' }),
  ]);
  expect(copy.relationsTo(['id-7', 'id-8']).map(({ seq }) => seq)).toEqual([5, 9]);
  expect(copy.find('id-8')?.doubt).toBe('signature');
  expect(room.search('talk', 'strasse', Infinity, 9)).toMatchObject([{ seq: 7 }]);
  expect(room.hub.epochs()).toMatchObject([
    { id: 'epoch-1', record: { number: 1, writer: 'ann' } },
  ]);
  expect(room.hub.known()).toEqual([{ id: 'bo', name: 'Bo', admitted: true }]);
  expect(room.hub.inviteUses()).toEqual([{ invitation: 'act-1', uses: 2 }]);
  expect(room.outbox()).toMatchObject([{ id: 'id-10', refused: { code: 'not-kept' } }]);
  expect(storage.old.rooms()).toMatchObject([{ id: 'room-3', texts: [{ text: 'Bye' }] }]);
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

/** An old database, in a storage of today. */
function migrated(version: number): Storage {
  const folder = testFolder();
  writeOldDatabase(join(folder, 'lanyard.db'), version);
  const storage = openSqliteStorage(folder);
  onTestFinished(() => storage.close());
  return storage;
}

function schemaOf(folder: string): unknown {
  const database = new DatabaseSync(join(folder, 'lanyard.db'), { readOnly: true });
  const schema = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const version = database.prepare('PRAGMA user_version').get();
  database.close();
  return [version, ...schema.map(({ name, sql }) => [name, String(sql).replace(/\s+/g, ' ')])];
}
