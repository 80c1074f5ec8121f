/** The first of protocol 2. */
export const VERSION_6 = `
  CREATE TABLE "old_rooms" (
    room INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    epoch TEXT NOT NULL,
    last INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE "old_entries" (
    entry INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES "old_rooms" (room) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL, written REAL NOT NULL DEFAULT 0, signature TEXT NOT NULL DEFAULT '', struck INTEGER NOT NULL DEFAULT 0, act TEXT, act_on TEXT, on_name TEXT, doubt TEXT,
    UNIQUE (room, seq)
  ) STRICT;
  CREATE TABLE "old_outbox" (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES "old_rooms" (room) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    refused_code TEXT,
    refused_sentence TEXT
  ) STRICT;
  CREATE TABLE "old_known_members" (
    room INTEGER NOT NULL REFERENCES "old_rooms" (room) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    admitted INTEGER NOT NULL,
    moderator INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    banned_by TEXT,
    banned_at REAL,
    PRIMARY KEY (room, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE "old_rules" (
    room INTEGER PRIMARY KEY REFERENCES "old_rooms" (room) ON DELETE CASCADE,
    rules TEXT,
    passphrase TEXT
  ) STRICT;
  CREATE TABLE word_lists (
    list INTEGER PRIMARY KEY,
    words BLOB NOT NULL
  ) STRICT;
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL
  ) STRICT;
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

  INSERT INTO old_rooms VALUES (3, 'room-3',
    '{"id":"room-3","name":"Old lab","hosted":false,"active":true,"port":null,"idleMinutes":null,' ||
    '"remembersDays":null,"addresses":["192.0.2.7:47100"],"you":null,"hostKey":null,"ownName":"Ann","read":1}',
    'epoch-3', 4);
  INSERT INTO old_outbox VALUES (1, 3, 'id-3', 'Bye', 3000, NULL, NULL);
  INSERT INTO rooms VALUES (1, 'a-room',
    '{"id":"a-room","founder":"ann","nonce":"room-1","name":"Lab 3","hosted":true,"active":true,' ||
    '"port":47100,"addresses":[],"you":"ann","hostKey":"ann","ownName":"Ann","read":"id-7"}');
  INSERT INTO strings VALUES (1, 1, 'epoch-1'), (2, 1, ''), (3, 1, 'ann'), (4, 1, 'bo'), (5, 1, 'laptop');
  INSERT INTO conversations VALUES (1, 1, 'talk', 'epoch-0', 6, 'link-6');
  INSERT INTO entries VALUES (1, 1, 0, 7, 1, 'id-7', 7000, NULL, NULL, 2, 'message/text', 3, 5, 'Ann', 6990,
    '[]', NULL, 'whole', 'salt-7', '{"text":"今天天气不错"}', NULL, 'sig-7', 'link-7', NULL);
  INSERT INTO entries VALUES (2, 1, 0, 8, 1, 'id-8', 8000, 1, 3, 2, 'message/text', 4, 4, 'Bo', 7990,
    '[{"as":"re","id":"id-7"}]', NULL, 'redacted', NULL, NULL, 'digest-8', 'sig-8', 'link-8', 'signature');
  INSERT INTO entries VALUES (3, 1, 0, 9, 1, 'id-9', 9000, NULL, NULL, 2, 'relation/edit', 3, 3, 'Ann', 8990,
    '[{"as":"to","id":"id-7"}]', 'id-7', 'whole', 'salt-9', '{"text":"Straße"}', NULL, 'sig-9', 'link-9', NULL);
  INSERT INTO entries VALUES (4, 1, 1, 5, 1, 'id-5', 5000, NULL, NULL, 2, 'relation/redaction', 3, 3, 'Ann', 4990,
    '[{"as":"to","id":"id-8"}]', 'id-8', 'whole', 'salt-5', '{}', NULL, 'sig-5', 'link-5', NULL);
  INSERT INTO epochs VALUES (1, 1, 'epoch-1', 1,
    '{"room":"a-room","number":1,"writer":"ann","parent":"","places":[],"signature":"sig"}');
  INSERT INTO known_members VALUES (1, 'bo', 'Bo', 1);
  INSERT INTO invite_uses VALUES (1, 'act-1', 2);
  INSERT INTO outbox VALUES (1, 1, 'id-10',
    '{"room":"a-room","conversation":"talk","kind":"message/text","person":"ann","device":"ann","written":9,' ||
    '"references":[],"body":{"state":"whole","salt":"salt-10","text":"{}"},"signature":"sig-10"}',
    'not-kept', NULL);
  INSERT INTO word_blocks VALUES (1, 1, 7, 9);
  INSERT INTO word_lists VALUES (243, CAST(char(10) || 'strasse' || char(9) || '00' AS BLOB));
`;
