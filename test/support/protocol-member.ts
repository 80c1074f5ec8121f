/** A member that speaks the protocol by itself, so that tests see what is really on the wire. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../main/protocol/limits.ts';
import type {
  ActEntry,
  ActName,
  ClientMessage,
  HubMessage,
  PresenceChange,
  SaidEntry,
  Welcome,
} from '../../main/protocol/messages.ts';
import { parseHubMessage } from '../../main/protocol/parse.ts';
import { signedContent } from '../../main/protocol/signed-content.ts';
import { helloProof } from '../../main/transport/hello-proof.ts';
import { freshIdentity, identityOf } from './identities.ts';
import { memberTls } from './member-tls.ts';
import { ROOM_ID } from './open-room.ts';
import { Watch } from './watch.ts';

/** How a connection ended, as the close frame said it; 1006 without one. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

type Refused = Extract<HubMessage, { type: 'refused' }>;
type Hello = Extract<ClientMessage, { type: 'hello' }>;

export class ProtocolMember {
  readonly socket: WebSocket;
  readonly identity: DeviceIdentity;
  readonly received: HubMessage[] = [];
  readonly ended: Promise<Ending>;
  readonly #watch = new Watch();
  #ending: Ending | null = null;

  constructor(socket: WebSocket, identity: DeviceIdentity) {
    this.socket = socket;
    this.identity = identity;
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

  get id(): string {
    return this.identity.id;
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  hello(name: string, more: Partial<Hello> = {}): void {
    this.send({ type: 'hello', version: PROTOCOL_VERSION, name, ...more });
  }

  /** Says hello where there is no TLS: with a proof for the hub's challenge (I4). */
  async proveHello(name: string): Promise<void> {
    const nonce = await this.waitFor((it) => (it.type === 'challenge' ? it.nonce : undefined));
    this.hello(name, helloProof(this.identity, nonce));
  }

  /** Says something, signed as it should be; `more` changes what is sent then. */
  say(
    text: string,
    id: string = randomUUID(),
    more: Partial<Extract<ClientMessage, { type: 'say' }>> = {},
  ): void {
    this.send({ ...signedSay(this.identity, text, id), ...more });
  }

  act(
    act: ActName,
    on = '',
    id: string = randomUUID(),
    more: Partial<Extract<ClientMessage, { type: 'act' }>> = {},
  ): void {
    const written = Date.now();
    const content = signedContent(ROOM_ID, { kind: 'act', id, written, act, on });
    const signature = this.identity.sign(content);
    this.send({ type: 'act', id, act, on, written, signature, ...more });
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

  entry(text: string): Promise<SaidEntry> {
    return this.waitFor((message) =>
      message.type === 'entry' && message.entry.kind === 'said' && message.entry.text === text
        ? message.entry
        : undefined,
    );
  }

  actEntry(act: ActName, on = ''): Promise<ActEntry> {
    return this.waitFor((message) =>
      message.type === 'entry' &&
      message.entry.kind === 'act' &&
      message.entry.act === act &&
      message.entry.on === on
        ? message.entry
        : undefined,
    );
  }

  /** Every text said so far, as this member heard it. */
  get texts(): readonly string[] {
    return this.received.flatMap((it) =>
      it.type === 'entry' && it.entry.kind === 'said' ? it.entry.text : [],
    );
  }

  /** The first change of this kind that names this member. */
  change<Kind extends 'joined' | 'left' | 'renamed'>(
    kind: Kind,
    name: string,
  ): Promise<Extract<PresenceChange, { change: Kind }>> {
    return this.waitFor((message) => {
      if (message.type !== 'presence') return undefined;
      return message.changes.find(
        (change): change is Extract<PresenceChange, { change: Kind }> =>
          change.change === kind && nameIn(change) === name,
      );
    });
  }

  refusal(): Promise<Refused> {
    return this.waitFor((message) => (message.type === 'refused' ? message : undefined));
  }

  /** Resolves once a request with this id was refused for this reason. */
  refused(code: Refused['code'], id: string): Promise<Refused> {
    return this.waitFor((message) =>
      message.type === 'refused' && message.id === id && message.code === code
        ? message
        : undefined,
    );
  }

  /** Why it was not let in. */
  async turnedAway(): Promise<{ readonly code: Refused['code']; readonly ending: string }> {
    const { code } = await this.refusal();
    return { code, ending: (await this.ended).reason };
  }

  /** Ends without a word, as a crash does. */
  crash(): void {
    this.socket.terminate();
  }
}

function nameIn(change: PresenceChange): string | undefined {
  if (change.change === 'joined') return change.member.name;
  return 'name' in change ? change.name : undefined;
}

/** What somebody says in the test's room, with their signature. */
export function signedSay(identity: DeviceIdentity, text: string, id: string) {
  const written = Date.now();
  const content = signedContent(ROOM_ID, { kind: 'said', id, written, text });
  return { type: 'say', id, text, written, signature: identity.sign(content) } as const;
}

/** How a test connects: as a device, by default a new one, and with whatever ws takes. */
export interface ConnectAs extends ClientOptions {
  readonly as?: DeviceIdentity;
}

/** Opens a connection and says nothing. Rejects when there is none to be had. */
export async function connect(
  port: number,
  { as = freshIdentity(), ...options }: ConnectAs = {},
): Promise<ProtocolMember> {
  const all = { ...memberTls(as), ...options };
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, SUBPROTOCOL, all);
  const member = new ProtocolMember(socket, as);
  await once(socket, 'open');
  return member;
}

/** Opens a connection and joins, as the person of that name unless another device is given. */
export async function join(
  port: number,
  name: string,
  { as = identityOf(name), ...options }: ConnectAs = {},
): Promise<ProtocolMember> {
  const member = await connect(port, { as, ...options });
  member.hello(name);
  await member.welcome();
  return member;
}

/** Opens a connection to a hub without TLS, and says nothing. */
export async function connectPlain(
  port: number,
  identity: DeviceIdentity = freshIdentity(),
): Promise<ProtocolMember> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, SUBPROTOCOL);
  const member = new ProtocolMember(socket, identity);
  await once(socket, 'open');
  return member;
}

/** Joins a hub without TLS. */
export async function joinPlain(port: number, name: string): Promise<ProtocolMember> {
  const member = await connectPlain(port, identityOf(name));
  await member.proveHello(name);
  await member.welcome();
  return member;
}
