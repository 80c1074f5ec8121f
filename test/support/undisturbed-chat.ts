/** Well-behaved members who chat while others misbehave, and must not notice any of it. */
import { expect } from 'vitest';
import { join } from './protocol-member.ts';
import type { joinPlain, ProtocolMember } from './protocol-member.ts';

/** How long everybody thinks before the next line, in ms. */
const THINKING_MS = 5;

const NAMES = ['Ann', 'Bo', 'Cem'];

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

  /** `comeIn` is `joinPlain` where there is no TLS. */
  static async start(port: number, comeIn: typeof joinPlain = join) {
    const members: ProtocolMember[] = [];
    for (const name of NAMES) members.push(await comeIn(port, name));
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
      expect(member.texts.filter((text) => text.startsWith('line '))).toEqual(expected);
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
      speaker?.say(text);
      await Promise.all(this.members.map((member) => member.entry(text)));
      await new Promise((resolve) => setTimeout(resolve, THINKING_MS));
    }
  }
}
