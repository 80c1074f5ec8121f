/** A member that speaks the protocol by itself, so that tests see what is really on the wire. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { moderation } from '../../main/events/moderation.ts';
import type { Moderation, ModerationBody } from '../../main/events/moderation.ts';
import { settings } from '../../main/events/settings.ts';
import type { SettingsBody } from '../../main/events/settings.ts';
import { idOf } from '../../main/events/event.ts';
import type { Reference } from '../../main/events/event.ts';
import { firstConversationOf } from '../../main/events/room-id.ts';
import { bodyOf } from '../../main/events/kind.ts';
import { message as messageKind } from '../../main/events/message.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { PresenceChange } from '../../main/model/member.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { postedOf } from '../../main/replica/outbox.ts';
import type { OutboxItem } from '../../main/replica/outbox.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import type { ReceivedEntry } from '../../main/timeline/entry.ts';
import { encodeClientMessage } from '../../main/wire/encode.ts';
import type {
  ClientMessage,
  HubMessage,
  PostedEvent,
  Resume,
  Welcome,
} from '../../main/wire/messages.ts';
import { parseHubMessage } from '../../main/wire/parse.ts';
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
  readonly #ids = new Map<string, string>();
  #room = ROOM_ID;
  readonly #entries: HeardEntry[] = [];
  /** Of what was received so many messages are in there. */
  #readUpTo = 0;
  #ending: Ending | null = null;

  constructor(socket: WebSocket, identity: DeviceIdentity) {
    this.socket = socket;
    this.identity = identity;
    socket.on('message', (data: Buffer) => {
      const parsed = parseHubMessage(data.toString());
      if (!parsed.ok) throw new Error(`the hub sent what no client can read: ${data.toString()}`);
      if (parsed.message.type === 'welcome') this.#room = parsed.message.room.id;
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
    this.socket.send(encodeClientMessage(message));
  }

  hello(name: string, more: Partial<Hello> = {}): void {
    this.send({ type: 'hello', version: PROTOCOL_VERSION, name, resume: [], ...more });
  }

  /** Says hello where there is no TLS: with a proof for the hub's challenge (I4). */
  async proveHello(name: string): Promise<void> {
    const nonce = await this.waitFor((it) => (it.type === 'challenge' ? it.nonce : undefined));
    this.hello(name, helloProof(this.identity, nonce));
  }

  /** Says something, signed as it should be; `label` names it for `refused`. Returns its id. */
  say(text: string, label = text, references: readonly Reference[] = []): string {
    return this.post(messageKind.name, { text }, { label, references });
  }

  /** Posts an event, signed as it should be; `more` changes what is sent then. Returns its id. */
  post(
    kind: string,
    content: object,
    { label = '', references = [], more = {}, again }: Posting = {},
  ): string {
    const { id, event } = this.make(kind, content, references);
    this.#ids.set(label, id);
    const posted = { ...postedOf(event), ...more };
    this.send({ type: 'post', id, event: posted, ...(again && { again: true }) });
    return id;
  }

  /** An event, signed as it should be, that is not posted yet. */
  make(kind: string, content: object, references: readonly Reference[] = []): OutboxItem {
    const room = this.#room;
    const conversation = kind.startsWith('act/') ? room : firstConversationOf(room, sha256);
    const wish = { room, conversation, kind, content, references, written: Date.now() };
    return makeEvent(wish, signerOf(this.identity), sha256);
  }

  /** Does something about a person; having seen every act it heard of. Returns its id. */
  act(act: Moderation, person: string, label: string = act): string {
    return this.post(moderation.name, { act, person, name: '' }, { label, references: this.seen });
  }

  /** Sets what holds for everybody; having seen every act it heard of. Returns its id. */
  set(what: SettingsBody, label = 'set'): string {
    return this.post(settings.name, what, { label, references: this.seen });
  }

  /** The acts it heard of, as the next one names them. */
  get seen(): readonly Reference[] {
    const ids = this.entries.flatMap(({ kind, id }) => (kind.startsWith('act/') ? [id] : []));
    return ids.slice(-1).map((id) => ({ as: 'after', id }));
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
      return this.#failAtEnd();
    });
  }

  welcome(): Promise<Welcome> {
    return this.waitFor((message) => (message.type === 'welcome' ? message : undefined));
  }

  /** Everything it was sent of the logs, in order. */
  get entries(): readonly HeardEntry[] {
    for (const message of this.received.slice(this.#readUpTo)) {
      this.#entries.push(...this.#entriesIn(message));
    }
    this.#readUpTo = this.received.length;
    return this.#entries;
  }

  #entriesIn(message: HubMessage): readonly HeardEntry[] {
    switch (message.type) {
      case 'welcome':
        return message.logs.flatMap((log) =>
          log.entries.map((entry) => this.#heardIn(log.conversation, entry)),
        );
      case 'entries':
      case 'page':
        return message.entries.map((entry) => this.#heardIn(message.conversation, entry));
      default:
        return [];
    }
  }

  /** What was said with this text, once it is heard. */
  entry(text: string): Promise<HeardEntry> {
    return this.#heard((entry) => entry.text === text);
  }

  /** What was done about a person, once it is heard. */
  actEntry(act: Moderation, person: string): Promise<HeardEntry> {
    return this.#heard(({ moderated }) => moderated?.act === act && moderated.person === person);
  }

  /** The item of a log with this id, once it is heard. */
  item(id: string): Promise<HeardEntry> {
    return this.#heard((entry) => entry.id === id);
  }

  /** What was done with this content, once it is heard. */
  done(kind: string, content: object): Promise<HeardEntry> {
    const text = JSON.stringify(content);
    return this.#heard(
      (entry) => entry.kind === kind && entry.body.state === 'whole' && entry.body.text === text,
    );
  }

  #heard(fits: (entry: HeardEntry) => boolean): Promise<HeardEntry> {
    return this.#watch.until(() => this.entries.find(fits) ?? this.#failAtEnd());
  }

  #heardIn(conversation: string, entry: ReceivedEntry): HeardEntry {
    const id = idOf({ ...entry, room: this.#room, conversation }, sha256);
    const text = bodyOf(messageKind, entry)?.text ?? null;
    return { ...entry, id, text, moderated: bodyOf(moderation, entry) };
  }

  #failAtEnd(): undefined {
    if (!this.#ending) return;
    const { code, reason } = this.#ending;
    throw new Error(`the connection ended with ${code} ${reason}`);
  }

  /** Every text said so far, as this member heard it since it came in. */
  get texts(): readonly string[] {
    return this.received.flatMap((it) =>
      it.type === 'entries'
        ? it.entries.flatMap((entry) => bodyOf(messageKind, entry)?.text ?? [])
        : [],
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

  /** Resolves once a request with this id, or of this label, was refused for this reason. */
  refused(code: Refused['code'], id: string): Promise<Refused> {
    return this.waitFor((message) =>
      message.type === 'refused' &&
      message.id === (this.#ids.get(id) ?? id) &&
      message.code === code
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

/** An item of a log, as a member makes sense of it. */
export interface HeardEntry extends ReceivedEntry {
  readonly id: string;
  /** What was said; null for what says nothing. */
  readonly text: string | null;
  readonly moderated: ModerationBody | null;
}

/** Copies of the logs as a welcome tells of them, by which their owner comes back (H5). */
export function copiesOf({ logs }: Welcome): readonly Resume[] {
  return logs.flatMap(({ conversation, last: { epoch, seq } }) =>
    epoch === '' ? [] : [{ conversation, ancestry: [{ epoch, seq }] }],
  );
}

/** How an event is posted. */
export interface Posting {
  readonly label?: string;
  readonly references?: readonly Reference[];
  readonly more?: Partial<PostedEvent>;
  readonly again?: boolean;
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
