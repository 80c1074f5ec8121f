import type { DatabaseSync } from 'node:sqlite';
import { toProtocol2 } from './to-protocol-2.ts';

/** The schema, step by step: step n brings version n to n + 1. A step that has shipped never changes. */
export const MIGRATIONS: readonly (string | ((database: DatabaseSync) => void))[] = [
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
  `,
  `
  ALTER TABLE entries ADD COLUMN written REAL NOT NULL DEFAULT 0;
  ALTER TABLE entries ADD COLUMN signature TEXT NOT NULL DEFAULT '';
  ALTER TABLE entries ADD COLUMN struck INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE entries ADD COLUMN act TEXT;
  ALTER TABLE entries ADD COLUMN act_on TEXT;
  ALTER TABLE entries ADD COLUMN on_name TEXT;
  ALTER TABLE entries ADD COLUMN doubt TEXT;
  UPDATE entries SET written = at;
  CREATE INDEX entries_doubted ON entries (room, seq) WHERE doubt IS NOT NULL;

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
  `,
  // The new index is filled bit by bit, once the database is open.
  `
  DROP TRIGGER entry_forgotten;
  DROP TABLE entry_words;

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
  `,
  // Words are others, as ß is ss: the index is filled anew in the same way.
  'DELETE FROM word_blocks',
  // The words of a block are spread over more lists, filled anew in the same way.
  `
  DELETE FROM word_blocks;
  DROP TRIGGER word_block_forgotten;
  CREATE TRIGGER word_block_forgotten AFTER DELETE ON word_blocks BEGIN
    DELETE FROM word_lists WHERE list BETWEEN old.block * 128 AND old.block * 128 + 127;
  END;
  `,
  toProtocol2,
];

/** The version this build writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings a database to this build's schema; all steps or none. Throws when it is a newer one's. */
export function migrate(database: DatabaseSync): void {
  const version = checkVersion(database);
  if (version === SCHEMA_VERSION) return;
  // What a step throws away is gone from the file too.
  database.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
  try {
    for (const step of MIGRATIONS.slice(version)) {
      if (typeof step === 'string') database.exec(step);
      else step(database);
    }
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** The version a database has. Throws when a newer Lanyard wrote it. */
export function checkVersion(database: DatabaseSync): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > SCHEMA_VERSION) throw new NewerSchema();
  return version;
}

/** The database was written by a newer Lanyard. */
export class NewerSchema extends Error {}
