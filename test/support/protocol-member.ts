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

/** How a connection ended, as the close frame said it; 1006 without one. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

export class ProtocolMember {
  readonly socket: WebSocket;
  readonly received: HubMessage[] = [];
  readonly ended: Promise<Ending>;
  readonly #waiting = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const parsed = parseHubMessage(data.toString());
      if (!parsed.ok) throw new Error(`the hub sent what no client can read: ${data.toString()}`);
      this.received.push(parsed.message);
      for (const look of this.#waiting) look();
    });
    // `close` follows and says how it ended.
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message that fits, already received or still to come; rejects when the end comes first. */
  async waitFor<Wanted>(pick: (message: HubMessage) => Wanted | undefined): Promise<Wanted> {
    let seen = 0;
    return new Promise((resolve, reject) => {
      const look = () => {
        for (const message of this.received.slice(seen)) {
          seen += 1;
          const wanted = pick(message);
          if (wanted === undefined) continue;
          this.#waiting.delete(look);
          resolve(wanted);
          return;
        }
      };
      this.#waiting.add(look);
      look();
      void this.ended.then(({ code, reason }) =>
        reject(new Error(`the connection ended with ${code} ${reason}`)),
      );
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
