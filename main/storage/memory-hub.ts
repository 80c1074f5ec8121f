import type { HubChanges } from '../hub/engine/changes.ts';
import type { EngineStore } from '../hub/engine/engine-store.ts';
import type { KeptEpoch } from '../hub/room-log.ts';
import type { InviteUse, KnownMember } from '../hub/rules.ts';
import type { MemoryLog } from './memory-log.ts';

/** What a hub keeps of its room for as long as the process lasts. */
export class MemoryHub implements EngineStore {
  readonly #log: (conversation: string) => MemoryLog;
  #epochs: readonly KeptEpoch[] = [];
  readonly #known = new Map<string, KnownMember>();
  readonly #inviteUses = new Map<string, InviteUse>();

  constructor(log: (conversation: string) => MemoryLog) {
    this.#log = log;
  }

  log(conversation: string): MemoryLog {
    return this.#log(conversation);
  }

  epochs(): readonly KeptEpoch[] {
    return this.#epochs;
  }

  addEpoch(epoch: KeptEpoch): void {
    this.#epochs = [...this.#epochs, epoch];
  }

  known(): readonly KnownMember[] {
    return [...this.#known.values()];
  }

  inviteUses(): readonly InviteUse[] {
    return [...this.#inviteUses.values()];
  }

  commit({ entries, redacted, known, inviteUses }: HubChanges): void {
    for (const entry of entries) this.#log(entry.conversation).append([entry], []);
    if (redacted.length > 0) {
      for (const { conversation } of entries) this.#log(conversation).redact(redacted);
    }
    for (const member of known) this.#known.set(member.id, member);
    for (const use of inviteUses) this.#inviteUses.set(use.invitation, use);
  }

  flush(done: () => void): void {
    queueMicrotask(done);
  }

  flushNow(): void {
    // Memory is as safe as it gets.
  }
}
