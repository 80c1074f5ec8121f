/** Has every conversation in a data folder indexed for search at once; time does it otherwise, a block now and then. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE, prepareConnection } from '../../main/storage/database.ts';
import { EntrySearch } from '../../main/storage/entry-search.ts';

/** Nothing else may have the folder open meanwhile. Throws storage-*. */
export function indexWords(dataDir: string): void {
  const sqlite = new DatabaseSync(join(dataDir, DATABASE));
  prepareConnection(sqlite);
  for (const row of sqlite.prepare('SELECT conversation, id FROM conversations').all()) {
    const search = new EntrySearch(sqlite, Number(row['conversation']), String(row['id']));
    while (search.indexBlock());
  }
  sqlite.close();
}
