import { openSqliteStorage } from '../../../main/storage/sqlite-storage.ts';
import { entryOf } from '../../storage/entries.ts';
import { testFolder } from '../../storage/folder.ts';
import { roomRecord } from '../../storage/records.ts';

/** A folder in which rooms with these names and texts are kept, and no Lanyard runs. */
export function folderWith(rooms: Readonly<Record<string, readonly string[]>>): string {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  for (const [name, texts] of Object.entries(rooms)) {
    const room = storage.add({ ...roomRecord(`id-of-${name}`), name }, 'epoch-1', 0);
    room.entries.append(texts.map((text, index) => entryOf(index + 1, text)));
  }
  storage.close();
  return folder;
}
