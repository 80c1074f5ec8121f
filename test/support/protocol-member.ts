/** A member that speaks the protocol by itself, so that tests see what is really on the wire. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../main/protocol/limits.ts';
import type {
  ClientMessage,
  Entry,
  HubMessage,
  PresenceChange,
  Welcome,
} from '../../main/protocol/messages.ts';
import { parseHubMessage } from '../../main/protocol/parse.ts';
import { Watch } from './watch.ts';

/** How a connection ended, as the close frame said it; 1006 without one. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

export class ProtocolMember {
  readonly socket: WebSocket;
  readonly received: HubMessage[] = [];
  readonly ended: Promise<Ending>;
  readonly #watch = new Watch();
  #ending: Ending | null = null;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const parsed = parseHubMessage(data.toString());
      if (!parsed.ok) throw new Error(`the hub sent what no client can read: ${data.toString()}`);
      this.received.push(parsed.message);
      this.#watch.happened();
    });
    // `close` follows and says how it ended.
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.#ending = { code, reason: reason.toString() };
        resolve(this.#ending);
        this.#watch.happened();
      });
    });
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message that fits, already received or still to come; rejects when the end comes first. */
  waitFor<Wanted>(pick: (message: HubMessage) => Wanted | undefined): Promise<Wanted> {
    let seen = 0;
    return this.#watch.until(() => {
      for (const message of this.received.slice(seen)) {
        seen += 1;
        const wanted = pick(message);
        if (wanted !== undefined) return wanted;
      }
      if (!this.#ending) return undefined;
      const { code, reason } = this.#ending;
      throw new Error(`the connection ended with ${code} ${reason}`);
    });
  }

  welcome(): Promise<Welcome> {
    return this.waitFor((message) => (message.type === 'welcome' ? message : undefined));
  }

  entry(text: string): Promise<Entry> {
    return this.waitFor((message) =>
      message.type === 'entry' && message.entry.text === text ? message.entry : undefined,
    );
  }

  change<Kind extends PresenceChange['change']>(
    kind: Kind,
    name: string,
  ): Promise<Extract<PresenceChange, { change: Kind }>> {
    return this.waitFor((message) => {
      if (message.type !== 'presence') return undefined;
      return message.changes.find(
        (change): change is Extract<PresenceChange, { change: Kind }> =>
          change.change === kind &&
          (change.change === 'joined'
            ? change.member.name === name
            : !('name' in change) || change.name === name),
      );
    });
  }

  refusal(): Promise<Extract<HubMessage, { type: 'refused' }>> {
    return this.waitFor((message) => (message.type === 'refused' ? message : undefined));
  }

  /** Ends without a word, as a crash does. */
  crash(): void {
    this.socket.terminate();
  }
}

/** Opens a connection and says nothing. Rejects when there is none to be had. */
export async function connect(port: number, options: ClientOptions = {}): Promise<ProtocolMember> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, SUBPROTOCOL, options);
  const member = new ProtocolMember(socket);
  await once(socket, 'open');
  return member;
}

/** Opens a connection and joins. */
export async function join(
  port: number,
  name: string,
  options: ClientOptions = {},
): Promise<ProtocolMember> {
  const member = await connect(port, options);
  member.send({ type: 'hello', version: PROTOCOL_VERSION, name });
  await member.welcome();
  return member;
}
