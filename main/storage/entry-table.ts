import type { DatabaseSync } from 'node:sqlite';
import { redaction } from '../events/redaction.ts';
import type { CheckedEntry } from '../timeline/entry.ts';
import { ENTRY_COLUMNS, REWORDING, selectEntries, stringIn, valuesOf } from './entry-row.ts';
import type { Indexing } from './indexing.ts';
import { Strings } from './strings.ts';

/** What is there of a conversation, besides redactions of what is forgotten. */
const THERE = 'conversation = ? AND forgotten = 0';

/** The ids in a list of JSON. */
const IDS = '(SELECT value FROM json_each(?))';

export type EntryTable = ReturnType<typeof entryTable>;

/** What is done to the table of entries over a connection: prepared once, for every log. */
export function entryTable(sqlite: DatabaseSync, indexing: Indexing) {
  const prepare = (sql: string) => sqlite.prepare(sql);
  const strings = new Strings(sqlite);
  const marks = ENTRY_COLUMNS.replaceAll(/\w+/g, '?');
  const inserting = prepare(
    `INSERT INTO entries (conversation, ${ENTRY_COLUMNS}) VALUES (?, ${marks})`,
  );
  return {
    sqlite,
    indexing,
    row: prepare('SELECT conversation FROM conversations WHERE room = ? AND id = ?'),
    begin: prepare('INSERT OR IGNORE INTO conversations (room, id) VALUES (?, ?)'),
    start: prepare(
      `SELECT start_epoch AS epoch, start_seq AS seq, start_link AS link
       FROM conversations WHERE conversation = ?`,
    ),
    setStart: prepare(
      `UPDATE conversations SET start_epoch = ?, start_seq = ?, start_link = ?
       WHERE conversation = ?`,
    ),
    last: prepare(
      `SELECT ${stringIn('epoch')} AS epoch, seq, link FROM entries
       WHERE ${THERE} ORDER BY seq DESC LIMIT 1`,
    ),
    lastTo: prepare(
      `SELECT ${stringIn('epoch')} AS epoch, seq, link FROM entries
       WHERE ${THERE} AND seq <= ? ORDER BY seq DESC LIMIT 1`,
    ),
    lasts: prepare(
      `SELECT ${stringIn('epoch')} AS epoch, last
       FROM (SELECT epoch, max(seq) AS last FROM entries WHERE ${THERE} GROUP BY epoch) AS entries
       ORDER BY last DESC`,
    ),
    youngest: prepare(`SELECT seq FROM entries WHERE ${THERE} AND at >= ? ORDER BY seq LIMIT 1`),
    // Asked for `seq` or `forgotten` as they stand, SQLite would go through the whole conversation.
    find: selectEntries(sqlite, `conversation = ? AND id = ? AND forgotten = 0 ORDER BY +seq`),
    has: prepare(
      `SELECT EXISTS (SELECT 1 FROM entries WHERE conversation = ? AND id = ? AND forgotten = 0)
         OR EXISTS (SELECT 1 FROM entries
                    WHERE conversation = ? AND target = ? AND kind = '${redaction.name}') AS has`,
    ),
    after: selectEntries(sqlite, `${THERE} AND seq > ? ORDER BY seq LIMIT ?`),
    before: selectEntries(sqlite, `${THERE} AND seq < ? ORDER BY seq DESC LIMIT ?`),
    relations: selectEntries(
      sqlite,
      `conversation = ? AND target IN ${IDS} AND target IS NOT NULL
       ORDER BY +forgotten DESC, +seq`,
    ),
    mark: prepare(`UPDATE entries SET doubt = ? WHERE ${THERE} AND seq = ?`),
    reworded: prepare(
      `SELECT DISTINCT target FROM entries
       WHERE ${THERE} AND seq >= ? AND seq < ? AND kind IN ${REWORDING} AND target IS NOT NULL`,
    ),
    redact: prepare(
      `UPDATE entries SET state = ?, salt = ?, text = ?, digest = ?
       WHERE conversation = ? AND id = ? AND forgotten = 0`,
    ),
    removeFrom: prepare(`DELETE FROM entries WHERE ${THERE} AND seq >= ?`),
    removeTo: prepare(`DELETE FROM entries WHERE ${THERE} AND seq <= ? AND kind <> ?`),
    /** Of what is left there are redactions alone. */
    setAside: prepare(`UPDATE entries SET forgotten = 1 WHERE ${THERE} AND seq <= ?`),
    removeAll: prepare('DELETE FROM entries WHERE conversation = ?'),
    numbersIn: (room: number) => strings.numbersIn(room),
    insert: (conversation: number, entry: CheckedEntry, numberOf: (text: string) => number) => {
      inserting.run(conversation, ...valuesOf(entry, numberOf));
    },
  };
}
