import type { EngineStore } from '../hub/engine/engine-store.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';
import type { EntryStore } from './entry-store.ts';

/** Everything a hub keeps of its room. Writing throws storage-full, storage-failed. */
export interface HubStore extends EngineStore {
  readonly log: EntryStore;
  /** What proves a passphrase, null while there is none (K3). */
  passphrase(): PassphraseRecord | null;
  setPassphrase(record: PassphraseRecord | null): void;
}
