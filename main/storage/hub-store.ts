import type { KnownMember, Rules } from '../hub/rules.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';
import type { Entry } from '../protocol/messages.ts';
import type { EntryStore } from './entry-store.ts';

/** What a hub changed in one turn; kept whole or not at all. */
export interface HubChanges {
  /** They follow the log's newest. */
  readonly entries: readonly Entry[];
  /** Ids of entries that lose what they said (M4). */
  readonly struck: readonly string[];
  readonly known: readonly KnownMember[];
  /** Null when they stay as they are. */
  readonly rules: Rules | null;
}

/** Everything a hub keeps of its room. Writing throws storage-full, storage-failed. */
export interface HubStore {
  readonly log: EntryStore;
  rules(): Rules;
  /** In no particular order. */
  known(): readonly KnownMember[];
  commit(changes: HubChanges): void;
  /** What proves a passphrase, null while there is none (K3). */
  passphrase(): PassphraseRecord | null;
  setPassphrase(record: PassphraseRecord | null): void;
}
