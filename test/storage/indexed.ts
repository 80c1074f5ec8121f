/** The index of words in a folder's database, over a connection of its own. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE, prepareConnection } from '../../main/storage/database.ts';
import { EntrySearch } from '../../main/storage/entry-search.ts';
import { TALK } from './entries.ts';

/** Does what time does otherwise, in the first room's conversation. */
export function indexIn(folder: string, blocks = Infinity): void {
  const sqlite = new DatabaseSync(join(folder, DATABASE));
  prepareConnection(sqlite);
  const row = sqlite.prepare('SELECT conversation FROM conversations WHERE id = ?').get(TALK);
  const search = new EntrySearch(sqlite, Number(row?.['conversation'] ?? -1), TALK);
  for (let done = 0; done < blocks && search.indexBlock(); done += 1);
  sqlite.close();
}

export function blocksIn(folder: string): number {
  return countIn(folder, 'word_blocks');
}

/** The rows of a table. */
export function countIn(folder: string, table: string): number {
  const sqlite = new DatabaseSync(join(folder, DATABASE), { readOnly: true });
  const count = sqlite.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count'];
  sqlite.close();
  return Number(count);
}
