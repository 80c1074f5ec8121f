/** What a hub changed since its last write. */
import type { MemberId } from '../../model/member.ts';
import type { Entry } from '../../timeline/entry.ts';
import type { HubEffect } from '../hub-types.ts';
import type { InviteUse, KnownMember } from '../rules.ts';

/** What a hub changed in one turn; kept whole or not at all. */
export interface HubChanges {
  /** They follow their logs' newest. */
  readonly entries: readonly Entry[];
  /** Ids of items that lose their bodies (M4). */
  readonly redacted: readonly string[];
  readonly known: readonly KnownMember[];
  readonly inviteUses: readonly InviteUse[];
}

/** The effects that put something on the disk. */
export type KeepEffect = Extract<
  HubEffect,
  { type: 'store' | 'redact' | 'keep-known' | 'keep-invite-use' }
>;

export class Changes {
  #entries: Entry[] = [];
  #redacted: string[] = [];
  readonly #known = new Map<MemberId, KnownMember>();
  readonly #inviteUses = new Map<string, InviteUse>();

  get isEmpty(): boolean {
    return this.isUnhurried && this.#known.size === 0 && this.#inviteUses.size === 0;
  }

  /** True while there is nothing that anybody waits for. */
  get isUnhurried(): boolean {
    return this.#entries.length === 0;
  }

  add(effect: KeepEffect): void {
    switch (effect.type) {
      case 'store':
        this.#entries.push(effect.entry);
        break;
      case 'redact':
        this.#redacted.push(...effect.ids);
        break;
      case 'keep-known':
        this.#known.set(effect.member.id, effect.member);
        break;
      case 'keep-invite-use':
        this.#inviteUses.set(effect.use.invitation, effect.use);
        break;
    }
  }

  /** All of it, the latest where something changed twice; nothing is left. */
  takeAll(): HubChanges {
    const changes = {
      entries: this.#entries,
      redacted: this.#redacted,
      known: [...this.#known.values()],
      inviteUses: [...this.#inviteUses.values()],
    };
    this.#entries = [];
    this.#redacted = [];
    this.#known.clear();
    this.#inviteUses.clear();
    return changes;
  }
}
