/** Somebody in a room who speaks the bare protocol. */
import { fileURLToPath } from 'node:url';
import type { ClientMessage } from '../../main/protocol/messages.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { Computer } from './computer.ts';
import { Program } from './program.ts';

const PROGRAM = fileURLToPath(new URL('bot-program.ts', import.meta.url));

export class Bot {
  readonly #program: Program;
  readonly #name: string;
  #said = 0;

  /** Comes into the room at `address` (`host:port`) and resolves once it is welcome. */
  static async join(computer: Computer, address: string, name: string): Promise<Bot> {
    const child = computer.spawn(process.execPath, [PROGRAM, `ws://${address}/`]);
    const bot = new Bot(new Program(child), name);
    bot.send({ type: 'hello', version: PROTOCOL_VERSION, name });
    await bot.frame(/"type":"welcome"/);
    return bot;
  }

  private constructor(program: Program, name: string) {
    this.#program = program;
    this.#name = name;
  }

  send(message: ClientMessage): void {
    this.#program.write(JSON.stringify(message));
  }

  /** Says each of the texts; resolves when the room has confirmed the last one. */
  async say(...texts: readonly string[]): Promise<void> {
    let id = '';
    for (const text of texts) {
      this.#said += 1;
      id = `${this.#name}-${this.#said}`;
      this.send({ type: 'say', id, text });
    }
    await this.frame(new RegExp(`"type":"entry".*"id":"${id}"`));
  }

  /** The first frame, received already or later, whose JSON matches. */
  async frame(pattern: RegExp): Promise<string> {
    return (await this.#program.line(pattern)).input;
  }

  /** Says goodbye and goes. */
  async leave(): Promise<void> {
    this.send({ type: 'leave' });
    await this.frame(/^closed /);
  }

  /** Goes without a word. */
  kill(): Promise<void> {
    return this.#program.kill();
  }
}
