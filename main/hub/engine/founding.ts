import type { PostedEvent } from '../../wire/messages.ts';
import { Hub } from '../hub.ts';
import type { InviteUse, KnownMember } from '../rules.ts';
import { beginEpoch } from './begin-epoch.ts';
import type { Writer } from './begin-epoch.ts';
import { Changes } from './changes.ts';

/** Something that stands in a room's logs before anybody comes in, and the name of its author. */
export interface Founded {
  /** ms since 1970 on the host's clock. */
  readonly at: number;
  readonly name: string;
  readonly id: string;
  readonly event: PostedEvent;
}

/** What a hub knows besides its logs. */
export interface BroughtOver {
  readonly known: readonly KnownMember[];
  readonly inviteUses: readonly InviteUse[];
}

/**
 * Writes what a room begins with while no hub runs over its logs: its founder's acts, and what is
 * brought over from before (E8). It is an epoch of its own (L2).
 */
export class Founding {
  readonly #writer: Writer;
  readonly #hub: Hub;

  /** Throws what the store throws. */
  constructor(writer: Writer) {
    this.#writer = writer;
    this.#hub = new Hub({
      ...writer,
      ...beginEpoch(writer),
      known: [],
      inviteUses: [],
      capacity: 0,
      // Nothing is posted here.
      verify: () => false,
    });
  }

  /** Enters these in their order, all or none. Throws what the store throws; then it is of no use any more. */
  enter(founded: readonly Founded[], kept: Partial<BroughtOver> = {}): void {
    const changes = new Changes();
    for (const { at, ...each } of founded) {
      for (const effect of this.#hub.handle({ type: 'found', now: at, ...each })) {
        if (effect.type === 'store' || effect.type === 'redact') changes.add(effect);
      }
    }
    for (const member of kept.known ?? []) changes.add({ type: 'keep-known', member });
    for (const use of kept.inviteUses ?? []) changes.add({ type: 'keep-invite-use', use });
    this.#writer.store.commit(changes.takeAll());
    this.#hub.handle({ type: 'stored', entries: founded.length });
  }
}
