/** What goes to everybody in the room, in its order; each message is made ready once. */
import type { PresenceChange } from '../../model/member.ts';
import type { ReceivedEntry } from '../../timeline/entry.ts';
import type { HubMessage, NewEntries } from '../../wire/messages.ts';
import { Shared } from './shared.ts';

export class SharedQueue {
  #items: Shared[] = [];
  /** What the last message tells; more of its kind may join it. */
  #changes: PresenceChange[] | null = null;
  #entries: { readonly conversation: string; readonly list: ReceivedEntry[] } | null = null;

  get length(): number {
    return this.#items.length;
  }

  push(message: HubMessage): void {
    if (message.type === 'presence') this.#pushPresence(message.changes);
    else if (message.type === 'entries') this.#pushEntries(message);
    else {
      this.#close();
      this.#items.push(new Shared(message));
    }
  }

  /** A storm of people coming and going is told in few messages, not in one each (P1). */
  #pushPresence(changes: readonly PresenceChange[]): void {
    if (this.#changes) {
      this.#changes.push(...changes);
      return;
    }
    this.#close();
    this.#changes = [...changes];
    this.#items.push(new Shared({ type: 'presence', changes: this.#changes }));
  }

  /** What follows in the same log is one message, and read at once. */
  #pushEntries(message: NewEntries): void {
    const { conversation } = message;
    if (this.#entries?.conversation === conversation) {
      this.#entries.list.push(...message.entries);
      return;
    }
    this.#close();
    this.#entries = { conversation, list: [...message.entries] };
    this.#items.push(new Shared({ ...message, entries: this.#entries.list }));
  }

  /** The messages from an index on. What is pushed later is a message of its own. */
  from(index: number): readonly Shared[] {
    this.#close();
    return index === 0 ? this.#items : this.#items.slice(index);
  }

  clear(): void {
    this.#items = [];
    this.#close();
  }

  #close(): void {
    this.#changes = null;
    this.#entries = null;
  }
}
