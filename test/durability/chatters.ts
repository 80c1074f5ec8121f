/** Members of a room who take turns saying lines while somebody misbehaves, and must not notice any of it. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { freshIdentity } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { ProtocolMember } from '../support/protocol-member.ts';
import { Watch } from '../support/watch.ts';

/** Between two lines of the chat, in ms. */
const THINKING_MS = 10;

interface Chatter {
  readonly member: ProtocolMember;
  /** Lines heard so far. */
  heard: number;
}

export class Chatters {
  /** What they had to suffer, in order. */
  readonly suffered: string[] = [];
  readonly #members: Chatter[] = [];
  readonly #watch = new Watch();
  #isOver = false;
  #chatting = Promise.resolve(0);

  /** They come in, showing an invitation where the room wants one, and begin to chat. */
  static async join(port: number, count: number, invite?: string): Promise<Chatters> {
    const chatters = new Chatters();
    for (let number = 1; number <= count; number += 1) {
      await chatters.#join(port, `Member ${number}`, invite);
    }
    chatters.#chatting = chatters.#chat();
    return chatters;
  }

  /** Lets them chat for a round longer; resolves to the number of lines each has heard. */
  end(): Promise<number> {
    this.#isOver = true;
    return this.#chatting;
  }

  async #join(port: number, name: string, invite?: string): Promise<void> {
    const identity = freshIdentity();
    const socket = new WebSocket(`wss://127.0.0.1:${port}`, SUBPROTOCOL, memberTls(identity));
    const chatter = { member: new ProtocolMember(socket, identity), heard: 0 };
    socket.on('message', (data: Buffer) => this.#hear(chatter, data.toString()));
    socket.on('close', (code) => this.#suffer(`${name} was thrown out with ${code}`));
    await once(socket, 'open');
    chatter.member.hello(name, invite === undefined ? {} : { invite });
    await chatter.member.welcome();
    this.#members.push(chatter);
  }

  async #chat(): Promise<number> {
    let last = Infinity;
    for (let line = 1; line <= last; line += 1) {
      const speaker = this.#members[line % this.#members.length];
      if (!speaker) throw new Error('nobody chats');
      speaker.member.say(`line ${line}`);
      await this.#watch.until(() => this.#haveHeard(line) || undefined);
      if (this.suffered.length > 0) return line;
      if (this.#isOver && last === Infinity) last = line + this.#members.length;
      await delay(THINKING_MS);
    }
    return last;
  }

  #haveHeard(line: number): boolean {
    return this.suffered.length > 0 || this.#members.every(({ heard }) => heard >= line);
  }

  #hear(chatter: Chatter, frame: string): void {
    if (!frame.startsWith('{"type":"entries"')) return;
    for (const [, line] of frame.matchAll(/"line (\d+)\\"/g)) {
      chatter.heard += 1;
      if (Number(line) !== chatter.heard) {
        this.#suffer(`line ${line} came as number ${chatter.heard}`);
      }
    }
    this.#watch.happened();
  }

  #suffer(what: string): void {
    this.suffered.push(what);
    this.#watch.happened();
  }
}
