/** Fills a database with talk and searches it, in a process of its own; prints one line of JSON. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { DATABASE, prepareConnection } from '../../main/storage/database.ts';
import { EntrySearch } from '../../main/storage/entry-search.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import { fillLog } from './fill-log.ts';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, entries: { type: 'string' } },
});
const count = Number(values.entries);
const dataDir = values['data-dir'] ?? '';
const HITS = 50;
const TIMES = 7;

/** Common and rare words, several, the beginnings of some, one and two characters of Chinese, and no word at all. */
const QUERIES = [
  'the',
  'room',
  'printer',
  'projector',
  'coffee printer',
  'the projector',
  'the room printer',
  't',
  'co',
  'printe',
  '会',
  '会议',
  'nowhere',
];

/** How many seconds it takes. */
function timed(what: () => void): number {
  const begun = performance.now();
  what();
  return (performance.now() - begun) / 1000;
}

const filled = openSqliteStorage(dataDir);
const room = { id: 'bench', name: 'Bench', idleMinutes: null, remembersDays: null };
const { hub } = filled.add(hostedRecord(room, 'Host'), 'epoch', 0);
const fillSeconds = timed(() => fillLog(hub, count));
filled.close();

// Time does this otherwise, a block now and then.
const sqlite = new DatabaseSync(join(dataDir, DATABASE));
prepareConnection(sqlite);
const search = new EntrySearch(sqlite, 1);
const indexSeconds = timed(() => {
  while (search.indexBlock());
});
sqlite.close();

const storage = openSqliteStorage(dataDir);
const entries = storage.room(room.id)?.entries;
const searches = QUERIES.map((query) => {
  const times = Array.from({ length: TIMES }, () => {
    const asked = performance.now();
    const hits = entries?.search(query, count + 1, HITS).length ?? 0;
    return { ms: performance.now() - asked, hits };
  });
  return { query, hits: times[0]?.hits ?? 0, ms: times.map(({ ms }) => ms) };
});
storage.close();
process.stdout.write(`${JSON.stringify({ fillSeconds, indexSeconds, searches })}\n`);
