/** Fills a database with talk and searches it, in a process of its own; prints one line of JSON. */
import { parseArgs } from 'node:util';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import { fillLog } from './fill-log.ts';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, entries: { type: 'string' } },
});
const count = Number(values.entries);
const HITS = 50;
const TIMES = 7;

/** Common and rare words, several, the beginnings of some, two characters of Chinese, and no word at all. */
const QUERIES = [
  'the',
  'room',
  'printer',
  'projector',
  'coffee printer',
  'the room printer',
  'co',
  'printe',
  '会议',
  'nowhere',
];

const storage = openSqliteStorage(values['data-dir'] ?? '');
const room = { id: 'bench', name: 'Bench', idleMinutes: null, remembersDays: null };
const kept = storage.add(hostedRecord(room, 'Host'), 'epoch', 0);
const begun = performance.now();
fillLog(kept.hub, count);
const fillSeconds = (performance.now() - begun) / 1000;

const searches = QUERIES.map((query) => {
  const times = Array.from({ length: TIMES }, () => {
    const asked = performance.now();
    const { length } = kept.entries.search(query, count + 1, HITS);
    return { ms: performance.now() - asked, hits: length };
  });
  return { query, hits: times[0]?.hits ?? 0, ms: times.map(({ ms }) => ms) };
});
storage.close();
process.stdout.write(`${JSON.stringify({ fillSeconds, searches })}\n`);
