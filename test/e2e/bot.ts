/** Somebody in a room who speaks the bare protocol. */
import { fileURLToPath } from 'node:url';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import type { ActName, ClientMessage, MemberId } from '../../main/wire/messages.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { signedContent } from '../../main/protocol/signed-content.ts';
import { identityOf } from '../support/identities.ts';
import type { Computer } from './computer.ts';
import { Program } from './program.ts';

const PROGRAM = fileURLToPath(new URL('bot-program.ts', import.meta.url));

export class Bot {
  readonly #program: Program;
  readonly #name: string;
  readonly #identity: DeviceIdentity;
  #room = '';
  #said = 0;

  /**
   * Comes into the room at `address` (`host:port`) and resolves once it is welcome. Whoever has the
   * same name is the same person.
   */
  static async join(computer: Computer, address: string, name: string): Promise<Bot> {
    const identity = identityOf(name);
    const child = computer.spawn(process.execPath, [PROGRAM, `wss://${address}/`], {
      env: {
        ...process.env,
        BOT_CERTIFICATE: identity.certificate,
        BOT_KEY: identity.privateKey,
      },
    });
    const bot = new Bot(new Program(child), name, identity);
    bot.send({ type: 'hello', version: PROTOCOL_VERSION, name });
    const welcome: { room: { id: string } } = JSON.parse(await bot.frame(/"type":"welcome"/));
    bot.#room = welcome.room.id;
    return bot;
  }

  private constructor(program: Program, name: string, identity: DeviceIdentity) {
    this.#program = program;
    this.#name = name;
    this.#identity = identity;
  }

  get id(): MemberId {
    return this.#identity.id;
  }

  send(message: ClientMessage): void {
    this.#program.write(JSON.stringify(message));
  }

  /** Says each of the texts; resolves when the room has confirmed the last one. */
  async say(...texts: readonly string[]): Promise<void> {
    let id = '';
    for (const text of texts) {
      id = this.put(text, {});
    }
    await this.frame(new RegExp(`"type":"entry".*"id":"${id}"`));
  }

  /** Sends one text, written at another time or with a signature of something else; gives its id. */
  put(text: string, odd: { readonly written?: number; readonly signature?: string }): string {
    const id = this.#nextId();
    const { written = Date.now() } = odd;
    const content = signedContent(this.#room, { kind: 'said', id, written, text });
    const { signature = this.#identity.sign(content) } = odd;
    this.send({ type: 'say', id, text, written, signature });
    return id;
  }

  /** Does something only the host and moderators may; resolves when it is in the log. */
  async act(act: ActName, on = ''): Promise<void> {
    const id = this.#nextId();
    const written = Date.now();
    const content = signedContent(this.#room, { kind: 'act', id, written, act, on });
    this.send({ type: 'act', id, act, on, written, signature: this.#identity.sign(content) });
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

  #nextId(): string {
    this.#said += 1;
    return `bot-${process.pid}-${this.#said}-${Buffer.from(this.#name).toString('hex')}`.slice(
      0,
      64,
    );
  }
}
