/** Brings a data folder over, and is killed in the middle: `bring-over-program.ts FOLDER CERTIFICATE KEY`. */
import { identityFrom } from '../../main/identity/device-identity.ts';
import { bringOver } from '../../main/rooms/bring-over.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';

const [folder = '', certificate = '', key = ''] = process.argv.slice(2);
const identity = identityFrom(certificate, key);
if (identity === null) throw new Error('the key does not fit its certificate');
const storage = openSqliteStorage(folder);
const { old } = storage;
await bringOver(
  {
    ...storage,
    old: {
      rooms: () => old.rooms(),
      drop: (id) => old.drop(id),
      entries(id, seq, limit) {
        // What came before it is written.
        if (seq >= 400) process.kill(process.pid, 'SIGKILL');
        return old.entries(id, seq, limit);
      },
    },
  },
  identity,
);
