/** Fills a database with talk and searches it, in a process of its own; prints one line of JSON. */
import { parseArgs } from 'node:util';
import { firstConversationOf } from '../../main/events/room-id.ts';
import { createIdentity } from '../../main/identity/device-identity.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { fillLog } from './fill-log.ts';
import { foundRoom } from './found-room.ts';
import { indexWords } from './index-words.ts';

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

const identity = await createIdentity();
const filled = openSqliteStorage(dataDir);
const kept = foundRoom(filled, { identity, name: 'Host', room: 'Bench' });
const { id } = kept.record;
const fillSeconds = timed(() => fillLog(kept, count));
filled.close();
const indexSeconds = timed(() => indexWords(dataDir));

const storage = openSqliteStorage(dataDir);
const room = storage.room(id);
const conversation = firstConversationOf(id, sha256);
const searches = QUERIES.map((query) => {
  const times = Array.from({ length: TIMES }, () => {
    const asked = performance.now();
    const hits = room?.search(conversation, query, count + 1, HITS).length ?? 0;
    return { ms: performance.now() - asked, hits };
  });
  return { query, hits: times[0]?.hits ?? 0, ms: times.map(({ ms }) => ms) };
});
storage.close();
process.stdout.write(`${JSON.stringify({ fillSeconds, indexSeconds, searches })}\n`);
