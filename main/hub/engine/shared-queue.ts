/** What goes to everybody in the room, in its order; each message is made ready once. */
import type { HubMessage, PresenceChange } from '../../protocol/messages.ts';
import { Shared } from './shared.ts';

export class SharedQueue {
  #items: Shared[] = [];
  /** Changes that the last message tells; more may join them. */
  #changes: PresenceChange[] | null = null;

  get length(): number {
    return this.#items.length;
  }

  push(message: HubMessage): void {
    if (message.type !== 'presence') {
      this.#changes = null;
      this.#items.push(new Shared(message));
    } else if (this.#changes) {
      // A storm of people coming and going is told in few messages, not in one each (P1).
      this.#changes.push(...message.changes);
    } else {
      this.#changes = [...message.changes];
      this.#items.push(new Shared({ type: 'presence', changes: this.#changes }));
    }
  }

  /** The messages from an index on. What is pushed later is a message of its own. */
  from(index: number): readonly Shared[] {
    this.#changes = null;
    return index === 0 ? this.#items : this.#items.slice(index);
  }

  clear(): void {
    this.#items = [];
    this.#changes = null;
  }
}
