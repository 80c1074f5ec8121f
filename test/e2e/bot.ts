/** Somebody in a room who speaks the bare protocol. */
import { fileURLToPath } from 'node:url';
import { message } from '../../main/events/message.ts';
import { firstConversationOf } from '../../main/events/room-id.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { MemberId } from '../../main/model/member.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { postedOf } from '../../main/replica/outbox.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import { encodeClientMessage } from '../../main/wire/encode.ts';
import type { ClientMessage, PostedEvent } from '../../main/wire/messages.ts';
import { identityOf } from '../support/identities.ts';
import type { Computer } from './computer.ts';
import { Program } from './program.ts';

const PROGRAM = fileURLToPath(new URL('bot-program.ts', import.meta.url));

export class Bot {
  readonly #program: Program;
  readonly #identity: DeviceIdentity;
  #room = '';

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
    const bot = new Bot(new Program(child), identity);
    bot.send({ type: 'hello', version: PROTOCOL_VERSION, name, resume: [] });
    const welcome: { room: { id: string } } = JSON.parse(await bot.frame(/"type":"welcome"/));
    bot.#room = welcome.room.id;
    return bot;
  }

  private constructor(program: Program, identity: DeviceIdentity) {
    this.#program = program;
    this.#identity = identity;
  }

  get id(): MemberId {
    return this.#identity.id;
  }

  send(frame: ClientMessage): void {
    this.#program.write(encodeClientMessage(frame));
  }

  /** Says each of the texts; resolves when the last one is in the log. */
  async say(...texts: readonly string[]): Promise<void> {
    let signature = '';
    for (const text of texts) signature = this.put(text).signature;
    await this.frame(new RegExp(`"type":"entries".*${signature}`));
  }

  /** Sends one text, written at another time or with a signature of something else. */
  put(
    text: string,
    odd: { readonly written?: number; readonly signature?: string } = {},
  ): PostedEvent {
    const room = this.#room;
    const conversation = firstConversationOf(room, sha256);
    const { written = Date.now() } = odd;
    const wish = { room, conversation, kind: message.name, content: { text }, written };
    const made = makeEvent(wish, signerOf(this.#identity), sha256);
    const event = { ...postedOf(made.event), ...odd };
    this.send({ type: 'post', id: made.id, event });
    return event;
  }

  /** Tells whether it types. */
  type(on: boolean): void {
    const conversation = firstConversationOf(this.#room, sha256);
    this.send({ type: 'typing', conversation, on });
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
