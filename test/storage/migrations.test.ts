import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { roomIdOf } from '../../main/events/room-id.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { SCHEMA_VERSION } from '../../main/storage/migrations.ts';
import { openHubStore } from '../../main/storage/open-hub-store.ts';
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

test.each([2, 3, 4, LAST_OLD])(
  'version %i: a hosted room is one of protocol 2, its old log aside',
  (version) => {
    const storage = migrated(version);
    expect(storage.problems).toEqual([]);
    const id = roomIdOf('ann', 'room-1', sha256);
    const room = storage.room(id) ?? expect.unreachable();
    expect(room.record).toEqual({
      id,
      founder: 'ann',
      nonce: 'room-1',
      name: 'Lab 3',
      hosted: true,
      active: true,
      port: 47_100,
      addresses: [],
      you: 'ann',
      hostKey: 'ann',
      ownName: 'Ann',
      read: 1,
    });
    expect([room.outbox(), room.hub.epochs(), room.hub.known()]).toEqual([[], [], []]);
    expect(storage.old.oldRoom(id)).toMatchObject({
      id: 'room-1',
      became: id,
      record: { idleMinutes: null, remembersDays: null },
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
    expect(storage.old.waiting()).toEqual([]);
  },
);

test('from before devices had keys, a room waits for one', () => {
  const storage = migrated(1);
  expect(storage.rooms()).toEqual([]);
  const [old] = storage.old.waiting();
  expect(old).toMatchObject({
    id: 'room-1',
    became: null,
    rules: null,
    passphrase: null,
    known: [],
  });
  expect(old?.record).toMatchObject({ name: 'Lab 3', hosted: true, port: 47_100, ownName: 'Ann' });
  expect(storage.old.entries('room-1', 0, 9)).toMatchObject([
    { id: 'id-1', at: 1000, written: 1000, signature: '' },
    { id: 'id-2', at: 2000, written: 2000, signature: '' },
  ]);
  storage.old.become('room-1', 'a-room');
  expect([storage.old.waiting(), storage.old.oldRoom('a-room')?.texts.length]).toEqual([[], 2]);
});

const OTHERS = `
  INSERT INTO rooms VALUES
    (7, 'met', '{"name":"Met","hosted":false,"active":true,"port":null,"addresses":["192.0.2.1:1"],' ||
      '"you":"ann","hostKey":"cy","ownName":"Ann","read":4}', 'e', 4),
    (8, 'quiet', '{"name":"Quiet","hosted":false,"active":false,"port":null,"addresses":[],' ||
      '"you":"ann","hostKey":"cy","ownName":"","read":4}', 'e', 4),
    (9, 'unmet', '{"name":"Unmet","hosted":false,"active":true,"port":null,"addresses":["192.0.2.2:2"],' ||
      '"you":null,"hostKey":null,"ownName":"Ann","read":0}', 'e', 4),
    (10, 'unopened', '{"name":"Unopened","hosted":true,"active":true,"port":4711,"idleMinutes":30,' ||
      '"remembersDays":7,"addresses":[],"you":null,"hostKey":null,"ownName":"Ann","read":0}', 'e', 0),
    (11, 'own', '{"name":"Own","hosted":true,"active":true,"port":4711,"idleMinutes":30,' ||
      '"remembersDays":7,"addresses":[],"you":"ann","hostKey":null,"ownName":"Ann","read":0}', 'e', 0);
  INSERT INTO entries (room, seq, at, id, author, name, text)
    SELECT room, 1, 1, 'x', 'cy', 'Cy', 'a rumour in ' || id FROM rooms WHERE room > 6;
  INSERT INTO outbox (room, id, text, at) VALUES (7, 'o-1', 'Hi', 5), (9, 'o-2', 'Ho', 6);
`;

test('rooms of others begin anew; what was typed there waits', () => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, LAST_OLD, OTHERS);
  const storage = openSqliteStorage(dirname(path));
  onTestFinished(() => storage.close());
  expect(storage.rooms().map(({ record }) => [record.nonce, record.founder, record.id])).toEqual([
    ['own', 'ann', roomIdOf('ann', 'own', sha256)],
    ['quiet', 'cy', roomIdOf('cy', 'quiet', sha256)],
    ['met', 'cy', roomIdOf('cy', 'met', sha256)],
    ['room-2', 'ann', roomIdOf('ann', 'room-2', sha256)],
    ['room-1', 'ann', roomIdOf('ann', 'room-1', sha256)],
  ]);
  const met = storage.room(roomIdOf('cy', 'met', sha256)) ?? expect.unreachable();
  expect(met.record).toMatchObject({ addresses: ['192.0.2.1:1'], hostKey: 'cy', read: 0 });
  expect(storage.old.oldRoom(met.record.id)?.texts).toEqual([{ id: 'o-1', text: 'Hi', at: 5 }]);
  expect(storage.old.oldRoom(roomIdOf('cy', 'quiet', sha256))).toBeNull();
  expect(storage.old.oldRoom(roomIdOf('ann', 'own', sha256))?.record).toMatchObject({
    idleMinutes: 30,
    remembersDays: 7,
  });
  expect(storage.old.waiting()).toMatchObject([
    { id: 'unopened', record: { hosted: true, port: 4711, remembersDays: 7 } },
    { id: 'unmet', record: { addresses: ['192.0.2.2:2'] }, texts: [{ id: 'o-2', text: 'Ho' }] },
  ]);
  const entries = (id: string) => storage.old.entries(id, 0, 9).length;
  expect(['met', 'quiet', 'unmet', 'unopened', 'own'].map(entries)).toEqual([0, 0, 0, 1, 1]);
});

test('what was signed over is dropped, and goes with its room too', () => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, LAST_OLD, OTHERS);
  const storage = openSqliteStorage(dirname(path));
  const [id, own] = ['room-1', 'own'].map((nonce) => roomIdOf('ann', nonce, sha256));
  storage.old.dropOld('room-1');
  storage.old.dropOld('unmet');
  expect(storage.old.oldRoom(id ?? '')).toBeNull();
  expect(storage.old.entries('room-1', 0, 9)).toEqual([]);
  expect(storage.room(id ?? '')).not.toBeNull();
  expect(storage.old.waiting()).toMatchObject([{ id: 'unopened' }]);
  storage.forget(own ?? '');
  expect(storage.old.entries('own', 0, 9)).toEqual([]);
  storage.close();
  const file = readFileSync(path, 'latin1');
  expect(file).toContain('a rumour in unopened');
  for (const gone of [
    'So it is',
    ...['met', 'quiet', 'own'].map((room) => `a rumour in ${room}`),
  ]) {
    expect(file).not.toContain(gone);
  }
});

test('a hub signs over what its room was, over a connection of its own', () => {
  const path = join(testFolder(), 'lanyard.db');
  writeOldDatabase(path, LAST_OLD);
  const storage = openSqliteStorage(dirname(path));
  onTestFinished(() => storage.close());
  const id = roomIdOf('ann', 'room-1', sha256);
  const { old, close } = openHubStore(dirname(path), id);
  onTestFinished(close);
  expect(old.oldRoom(id)?.id).toBe('room-1');
  old.dropOld('room-1');
  expect(storage.old.oldRoom(id)).toBeNull();
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
  expect(copy.doubts(['id-7', 'id-8'])).toEqual(new Map([['id-8', 'signature']]));
  expect(room.search('talk', 'strasse', Infinity, 9)).toMatchObject([
    { entry: { seq: 7 }, text: 'Straße' },
  ]);
  expect(room.hub.epochs()).toMatchObject([
    { id: 'epoch-1', record: { number: 1, writer: 'ann' } },
  ]);
  expect(room.hub.known()).toEqual([{ id: 'bo', name: 'Bo', admitted: true }]);
  expect(room.hub.inviteUses()).toEqual([{ invitation: 'act-1', uses: 2 }]);
  expect(room.outbox()).toMatchObject([{ id: 'id-10', refused: { code: 'not-kept' } }]);
  expect(storage.old.waiting()).toMatchObject([{ id: 'room-3', texts: [{ text: 'Bye' }] }]);
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
