/** What a hub changed since the last commit. */
import type { HubEffect } from '../hub/hub-types.ts';
import type { KnownMember, Rules } from '../hub/rules.ts';
import type { Entry, MemberId } from '../protocol/messages.ts';
import type { HubChanges } from '../storage/hub-store.ts';

/** The effects that put something on the disk. */
export type KeepEffect = Extract<
  HubEffect,
  { type: 'store' | 'strike' | 'keep-known' | 'keep-rules' }
>;

export class Unkept {
  #entries: Entry[] = [];
  #struck: string[] = [];
  readonly #known = new Map<MemberId, KnownMember>();
  #rules: Rules | null = null;
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** How much there is of it. */
  get size(): number {
    return this.#size;
  }

  add(effect: KeepEffect): void {
    this.#size += 1;
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
    this.#size = 0;
    return changes;
  }
}
