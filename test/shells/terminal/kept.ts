import { openSqliteStorage, readSqliteStorage } from '../../../main/storage/sqlite-storage.ts';
import { testFolder } from '../../storage/folder.ts';
import { identityOf } from '../../support/identities.ts';
import { keepHosted } from '../../support/kept-room.ts';

/** A folder in which rooms with these names and texts are kept, and no Lanyard runs. */
export function folderWith(rooms: Readonly<Record<string, readonly string[]>>): string {
  const folder = testFolder();
  const storage = openSqliteStorage(folder);
  for (const [room, texts] of Object.entries(rooms)) {
    keepHosted(storage, identityOf('Ann'), { room, texts, active: false });
  }
  storage.close();
  return folder;
}

/** The id of the room with this name in a folder. */
export function roomIdIn(folder: string, name: string): string {
  const storage = readSqliteStorage(folder);
  const room = storage.rooms().find(({ record }) => record.name === name);
  storage.close();
  if (!room) throw new Error(`no room ${name} in ${folder}`);
  return room.record.id;
}
