/**
 * Databases as each version of the schema left them, written down here once and for all: a
 * migration must go on reading them when the schema has moved on.
 */
import { DatabaseSync } from 'node:sqlite';
import { VERSION_6 } from './old-database-6.ts';

const VERSION_3 = `
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    epoch TEXT NOT NULL,
    last INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL, written REAL NOT NULL DEFAULT 0, signature TEXT NOT NULL DEFAULT '', struck INTEGER NOT NULL DEFAULT 0, act TEXT, act_on TEXT, on_name TEXT, doubt TEXT,
    UNIQUE (room, seq)
  ) STRICT;
  CREATE INDEX entries_by_id ON entries (room, id);
  CREATE INDEX entries_doubted ON entries (room, seq) WHERE doubt IS NOT NULL;
  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    refused_code TEXT,
    refused_sentence TEXT
  ) STRICT;

  CREATE TABLE known_members (
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    admitted INTEGER NOT NULL,
    moderator INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    banned_by TEXT,
    banned_at REAL,
    PRIMARY KEY (room, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hubs (
    room INTEGER PRIMARY KEY REFERENCES rooms (room) ON DELETE CASCADE,
    rules TEXT,
    passphrase TEXT
  ) STRICT;

  CREATE TABLE word_blocks (
    block INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    earliest REAL NOT NULL,
    UNIQUE (room, first)
  ) STRICT;
  CREATE TABLE word_lists (
    list INTEGER PRIMARY KEY,
    words BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER word_block_forgotten AFTER DELETE ON word_blocks BEGIN
    DELETE FROM word_lists WHERE list BETWEEN old.block * 32 AND old.block * 32 + 31;
  END;

  INSERT INTO rooms VALUES (1, 'room-1',
    '{"id":"room-1","name":"Lab 3","hosted":true,"active":true,"port":47100,"idleMinutes":null,' ||
    '"remembersDays":null,"addresses":[],"you":"ann","hostKey":"ann","ownName":"Ann","read":1}',
    'epoch-1', 4);
  INSERT INTO entries VALUES (1, 1, 1, 1000, 'id-1', 'ann', 'Ann', '今天天气不错', 990, 'sig-1', 0, NULL, NULL, NULL, NULL);
  INSERT INTO entries VALUES (2, 1, 2, 2000, 'id-2', 'bo', 'Bo', 'So it is', 1990, 'sig-2', 0, NULL, NULL, NULL, 'replayed');
  INSERT INTO entries VALUES (3, 1, 3, 3000, 'id-5', 'bo', 'Bo', '', 2990, '', 1, NULL, NULL, NULL, NULL);
  INSERT INTO entries VALUES (4, 1, 4, 4000, 'id-6', 'ann', 'Ann', '', 3990, 'sig-4', 0, 'ban', 'bo', 'Bo', NULL);
  INSERT INTO outbox VALUES (1, 1, 'id-3', 'Bye', 3000, NULL, NULL);
  INSERT INTO outbox VALUES (2, 1, 'id-4', 'Ciao', 4000, 'not-kept', 'The disk is full.');
  INSERT INTO known_members VALUES (1, 'ann', 'Ann', 1, 1, 0, NULL, NULL);
  INSERT INTO known_members VALUES (1, 'bo', 'Bo', 0, 0, 1, 'Ann', 4000);
  INSERT INTO hubs VALUES (1,
    '{"access":"passphrase","locked":true,"slowSeconds":5,"invites":[]}',
    '{"setup":"setup","record":"record"}');

  INSERT INTO rooms VALUES (2, 'room-2',
    '{"id":"room-2","name":"Lab 4","hosted":true,"active":true,"port":47101,"idleMinutes":null,' ||
    '"remembersDays":null,"addresses":[],"you":"ann","hostKey":"ann","ownName":"Ann","read":1}',
    'epoch-2', 512);
  INSERT INTO entries (entry, room, seq, at, id, author, name, text)
    WITH RECURSIVE seqs (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM seqs WHERE seq < 512)
    SELECT 4 + seq, 2, seq, seq * 1000, 'id-' || seq, 'bo', 'Bo',
      CASE seq WHEN 1 THEN 'Hello 天气' WHEN 300 THEN 'hellos' ELSE '' END FROM seqs;
  INSERT INTO word_blocks VALUES (1, 2, 1, 512, 1000);
  INSERT INTO word_lists VALUES (40, CAST(char(10) || 'hello' || char(9) || '00' ||
    char(10) || 'hellos' || char(9) || '4[' AS BLOB));
  INSERT INTO word_lists VALUES (41, CAST(char(10) || '天' || char(9) || '00' ||
    char(10) || '天气' || char(9) || '00' AS BLOB));
  INSERT INTO word_lists VALUES (52, CAST(char(10) || '气' || char(9) || '00' AS BLOB));
`;

const VERSION_4 = `${VERSION_3}
  UPDATE entries SET text = 'Straße' WHERE entry = 11;
  INSERT INTO word_lists VALUES (51, CAST(char(10) || 'strasse' || char(9) || '06' AS BLOB));
`;

/** The statements that make a database of version n, at index n. */
export const OLD_DATABASES: readonly string[] = [
  // Version 0: a file with nothing in it.
  '',
  `
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    epoch TEXT NOT NULL,
    last INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (room, seq)
  ) STRICT;
  CREATE INDEX entries_by_id ON entries (room, id);
  CREATE VIRTUAL TABLE entry_words USING fts5 (words, tokenize = 'ascii');
  INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER entry_forgotten AFTER DELETE ON entries BEGIN
    DELETE FROM entry_words WHERE rowid = old.entry;
  END;

  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    refused_code TEXT,
    refused_sentence TEXT
  ) STRICT;

  INSERT INTO rooms VALUES (1, 'room-1',
    '{"id":"room-1","name":"Lab 3","hosted":true,"active":true,"port":47100,"idleMinutes":null,' ||
    '"remembersDays":null,"addresses":[],"you":"ann","token":"secret","ownName":"Ann","read":1}',
    'epoch-1', 2);
  INSERT INTO entries VALUES (1, 1, 1, 1000, 'id-1', 'ann', 'Ann', '今天天气不错');
  INSERT INTO entries VALUES (2, 1, 2, 2000, 'id-2', 'bo', 'Bo', 'So it is');
  INSERT INTO entry_words (rowid, words) VALUES (1, '今 天 天 气 不 错'), (2, 'so it is');
  INSERT INTO outbox VALUES (1, 1, 'id-3', 'Bye', 3000, NULL, NULL);
  INSERT INTO outbox VALUES (2, 1, 'id-4', 'Ciao', 4000, 'not-kept', 'The disk is full.');
  `,
  `
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    epoch TEXT NOT NULL,
    last INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL, written REAL NOT NULL DEFAULT 0, signature TEXT NOT NULL DEFAULT '', struck INTEGER NOT NULL DEFAULT 0, act TEXT, act_on TEXT, on_name TEXT, doubt TEXT,
    UNIQUE (room, seq)
  ) STRICT;
  CREATE INDEX entries_by_id ON entries (room, id);
  CREATE INDEX entries_doubted ON entries (room, seq) WHERE doubt IS NOT NULL;
  CREATE VIRTUAL TABLE entry_words USING fts5 (words, tokenize = 'ascii');
  INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER entry_forgotten AFTER DELETE ON entries BEGIN
    DELETE FROM entry_words WHERE rowid = old.entry;
  END;

  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    refused_code TEXT,
    refused_sentence TEXT
  ) STRICT;

  CREATE TABLE known_members (
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    admitted INTEGER NOT NULL,
    moderator INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    banned_by TEXT,
    banned_at REAL,
    PRIMARY KEY (room, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hubs (
    room INTEGER PRIMARY KEY REFERENCES rooms (room) ON DELETE CASCADE,
    rules TEXT,
    passphrase TEXT
  ) STRICT;

  INSERT INTO rooms VALUES (1, 'room-1',
    '{"id":"room-1","name":"Lab 3","hosted":true,"active":true,"port":47100,"idleMinutes":null,' ||
    '"remembersDays":null,"addresses":[],"you":"ann","hostKey":"ann","ownName":"Ann","read":1}',
    'epoch-1', 4);
  INSERT INTO entries VALUES (1, 1, 1, 1000, 'id-1', 'ann', 'Ann', '今天天气不错', 990, 'sig-1', 0, NULL, NULL, NULL, NULL);
  INSERT INTO entries VALUES (2, 1, 2, 2000, 'id-2', 'bo', 'Bo', 'So it is', 1990, 'sig-2', 0, NULL, NULL, NULL, 'replayed');
  INSERT INTO entries VALUES (3, 1, 3, 3000, 'id-5', 'bo', 'Bo', '', 2990, '', 1, NULL, NULL, NULL, NULL);
  INSERT INTO entries VALUES (4, 1, 4, 4000, 'id-6', 'ann', 'Ann', '', 3990, 'sig-4', 0, 'ban', 'bo', 'Bo', NULL);
  INSERT INTO entry_words (rowid, words) VALUES (1, '今 天 天 气 不 错'), (2, 'so it is');
  INSERT INTO outbox VALUES (1, 1, 'id-3', 'Bye', 3000, NULL, NULL);
  INSERT INTO outbox VALUES (2, 1, 'id-4', 'Ciao', 4000, 'not-kept', 'The disk is full.');
  INSERT INTO known_members VALUES (1, 'ann', 'Ann', 1, 1, 0, NULL, NULL);
  INSERT INTO known_members VALUES (1, 'bo', 'Bo', 0, 0, 1, 'Ann', 4000);
  INSERT INTO hubs VALUES (1,
    '{"access":"passphrase","locked":true,"slowSeconds":5,"invites":[]}',
    '{"setup":"setup","record":"record"}');
  `,
  VERSION_3,
  // What is searched is folded in another way; the tables are as they were.
  VERSION_4,
  // The same words stand in other lists.
  `${VERSION_4}
  DROP TRIGGER word_block_forgotten;
  CREATE TRIGGER word_block_forgotten AFTER DELETE ON word_blocks BEGIN
    DELETE FROM word_lists WHERE list BETWEEN old.block * 128 AND old.block * 128 + 127;
  END;
  UPDATE word_lists SET list = 128 +
    CASE list WHEN 40 THEN 104 WHEN 41 THEN 41 WHEN 52 THEN 20 WHEN 51 THEN 115 END;
  `,
  VERSION_6,
];

/** Writes a database of that version, with some more in it. */
export function writeOldDatabase(path: string, version: number, more = ''): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA secure_delete = ON');
  database.exec(`${OLD_DATABASES[version] ?? ''}; ${more}; PRAGMA user_version = ${version}`);
  database.close();
}
