/** Well-behaved members who chat while others misbehave, and must not notice any of it. */
import { expect } from 'vitest';
import type { HubMessage } from '../../main/protocol/messages.ts';
import { join } from './protocol-member.ts';
import type { ProtocolMember } from './protocol-member.ts';

/** How long everybody thinks before the next line, in ms. */
const THINKING_MS = 5;

export class UndisturbedChat {
  readonly members: readonly ProtocolMember[];
  #lines = 0;
  #going = true;
  readonly #talking: Promise<void>;

  private constructor(members: readonly ProtocolMember[]) {
    this.members = members;
    this.#talking = this.#talk();
    // What goes wrong is told by `end`.
    this.#talking.catch(() => undefined);
  }

  static async start(port: number, names: readonly string[] = ['Ann', 'Bo', 'Cem']) {
    const members: ProtocolMember[] = [];
    for (const name of names) members.push(await join(port, name));
    return new UndisturbedChat(members);
  }

  /** The first of them, to ask what the others see. */
  get witness(): ProtocolMember {
    const [first] = this.members;
    if (!first) throw new Error('nobody chats');
    return first;
  }

  /** Ends the chat: everybody heard every line once, in order, on the connection they began with. */
  async end(): Promise<void> {
    // Several more rounds, so that something said after all the trouble is among the lines.
    const enough = this.#lines + 2 * this.members.length;
    await this.witness.entry(`line ${enough}`);
    this.#going = false;
    await this.#talking;
    const expected = Array.from({ length: this.#lines }, (_, index) => `line ${index + 1}`);
    for (const member of this.members) {
      expect(member.received.filter(isLine).map(({ entry }) => entry.text)).toEqual(expected);
      member.socket.close(1000);
      await member.ended;
    }
  }

  /** They take turns; a line is said once everybody has heard the one before. */
  async #talk(): Promise<void> {
    while (this.#going) {
      const speaker = this.members[this.#lines % this.members.length];
      this.#lines += 1;
      const text = `line ${this.#lines}`;
      speaker?.send({ type: 'say', id: text, text });
      await Promise.all(this.members.map((member) => member.entry(text)));
      await new Promise((resolve) => setTimeout(resolve, THINKING_MS));
    }
  }
}

function isLine(message: HubMessage): message is Extract<HubMessage, { type: 'entry' }> {
  return message.type === 'entry' && message.entry.text.startsWith('line ');
}
