/** The step of the schema to the logs of protocol 2: what rooms of protocol 1 said is kept aside (E8). */
import type { DatabaseSync } from 'node:sqlite';
import { SqliteOldRooms } from './sqlite-old-rooms.ts';

const TABLES = `
  DROP INDEX entries_by_id;
  DROP INDEX entries_doubted;
  DELETE FROM word_blocks;
  DROP TABLE word_blocks;
  ALTER TABLE rooms RENAME TO old_rooms;
  ALTER TABLE entries RENAME TO old_entries;
  ALTER TABLE known_members RENAME TO old_known_members;
  ALTER TABLE hubs RENAME TO old_rules;
  ALTER TABLE outbox RENAME TO old_outbox;

  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL
  ) STRICT;

  -- What stands in most rows of a room: epochs, policy links, keys.
  CREATE TABLE strings (
    string INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    text TEXT NOT NULL,
    UNIQUE (room, text)
  ) STRICT;

  CREATE TABLE conversations (
    conversation INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    start_epoch TEXT NOT NULL DEFAULT '',
    start_seq INTEGER NOT NULL DEFAULT 0,
    start_link TEXT NOT NULL DEFAULT '',
    UNIQUE (room, id)
  ) STRICT;

  CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (conversation) ON DELETE CASCADE,
    -- 1 for a redaction of what is forgotten, which alone stays.
    forgotten INTEGER NOT NULL DEFAULT 0,
    seq INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    id TEXT NOT NULL,
    at REAL NOT NULL,
    origin_epoch INTEGER,
    origin_seq INTEGER,
    policy INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person INTEGER NOT NULL,
    device INTEGER NOT NULL,
    name TEXT NOT NULL,
    written REAL NOT NULL,
    refs TEXT NOT NULL,
    target TEXT,
    state TEXT NOT NULL,
    salt TEXT,
    text TEXT,
    digest TEXT,
    signature TEXT NOT NULL,
    link TEXT NOT NULL,
    doubt TEXT
  ) STRICT;
  CREATE INDEX entries_by_place ON entries (conversation, forgotten, seq, epoch);
  CREATE INDEX entries_by_id ON entries (conversation, id);
  CREATE INDEX entries_by_target ON entries (conversation, target) WHERE target IS NOT NULL;

  CREATE TABLE epochs (
    epoch INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX epochs_by_room ON epochs (room);

  CREATE TABLE known_members (
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    admitted INTEGER NOT NULL,
    PRIMARY KEY (room, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invite_uses (
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    invitation TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (room, invitation)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    refused_code TEXT,
    refused_sentence TEXT,
    UNIQUE (room, id)
  ) STRICT;

  CREATE TABLE word_blocks (
    block INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (conversation) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    UNIQUE (conversation, first)
  ) STRICT;
  CREATE TRIGGER word_block_forgotten AFTER DELETE ON word_blocks BEGIN
    DELETE FROM word_lists WHERE list BETWEEN old.block * 128 AND old.block * 128 + 127;
  END;
`;

/**
 * Rooms of protocol 1 stay aside until this device's key is there to sign them over. Throws Damaged for
 * one that cannot be read.
 */
export function toProtocol2(database: DatabaseSync): void {
  database.exec(TABLES);
  new SqliteOldRooms(database).rooms();
}
