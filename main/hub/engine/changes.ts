/** What a hub changed since its last write. */
import type { Entry, MemberId } from '../../protocol/messages.ts';
import type { HubEffect } from '../hub-types.ts';
import type { KnownMember, Rules } from '../rules.ts';

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

/** The effects that put something on the disk. */
export type KeepEffect = Extract<
  HubEffect,
  { type: 'store' | 'strike' | 'keep-known' | 'keep-rules' }
>;

export class Changes {
  #entries: Entry[] = [];
  #struck: string[] = [];
  readonly #known = new Map<MemberId, KnownMember>();
  #rules: Rules | null = null;

  get isEmpty(): boolean {
    return this.isUnhurried && this.#known.size === 0;
  }

  /** True while there is nothing that anybody waits for. */
  get isUnhurried(): boolean {
    return this.#entries.length === 0 && this.#struck.length === 0 && this.#rules === null;
  }

  add(effect: KeepEffect): void {
    switch (effect.type) {
      case 'store':
        this.#entries.push(effect.entry);
        break;
      case 'strike':
        this.#struck.push(effect.id);
        break;
      case 'keep-known':
        this.#known.set(effect.member.id, effect.member);
        break;
      case 'keep-rules':
        this.#rules = effect.rules;
        break;
    }
  }

  /** All of it, the latest where something changed twice; nothing is left. */
  takeAll(): HubChanges {
    const changes = {
      entries: this.#entries,
      struck: this.#struck,
      known: [...this.#known.values()],
      rules: this.#rules,
    };
    this.#entries = [];
    this.#struck = [];
    this.#known.clear();
    this.#rules = null;
    return changes;
  }
}
