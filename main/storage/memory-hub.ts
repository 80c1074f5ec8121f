import type { HubChanges } from '../hub/engine/changes.ts';
import { OPEN_RULES } from '../hub/rules.ts';
import type { KnownMember, Rules } from '../hub/rules.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';
import type { HubStore } from './hub-store.ts';
import type { MemoryEntries } from './memory-entries.ts';

/** What a hub keeps of its room for as long as the process lasts. */
export class MemoryHub implements HubStore {
  readonly log: MemoryEntries;
  #rules = OPEN_RULES;
  readonly #known = new Map<string, KnownMember>();
  #passphrase: PassphraseRecord | null = null;

  constructor(log: MemoryEntries) {
    this.log = log;
  }

  rules(): Rules {
    return this.#rules;
  }

  known(): readonly KnownMember[] {
    return [...this.#known.values()];
  }

  commit({ entries, struck, known, rules }: HubChanges): void {
    this.log.append(entries);
    for (const id of struck) this.log.strike(id);
    for (const member of known) this.#known.set(member.id, member);
    this.#rules = rules ?? this.#rules;
  }

  flush(done: () => void): void {
    queueMicrotask(done);
  }

  flushNow(): void {
    // Memory is as safe as it gets.
  }

  passphrase(): PassphraseRecord | null {
    return this.#passphrase;
  }

  setPassphrase(record: PassphraseRecord | null): void {
    this.#passphrase = record;
  }
}
