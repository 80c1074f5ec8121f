/** A hub that speaks the protocol to its members, and lies in it. */
import { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { memberIdOfCertificate } from '../../main/identity/member-key.ts';
import { idOf } from '../../main/events/event.ts';
import type { Reference } from '../../main/events/event.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { message as messageKind } from '../../main/events/message.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { RoomInfo } from '../../main/model/room.ts';
import { DEFAULTS } from '../../main/policy/settings.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import type { Signer } from '../../main/replica/make-event.ts';
import { nextEpoch } from '../../main/hub/epochs.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import { BEGINNING, chained, headContent } from '../../main/timeline/chain.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Entry, ReceivedEntry } from '../../main/timeline/entry.ts';
import { encodeHubMessage } from '../../main/wire/encode.ts';
import type {
  ClientMessage,
  HubMessage,
  LogState,
  SignedHead,
  Welcome,
} from '../../main/wire/messages.ts';
import { parseClientMessage } from '../../main/wire/parse.ts';
import { HOST, ROOM } from './open-room.ts';
import { strangeHub } from './strange-hub.ts';

export interface Lies {
  /** The key it has; null for none, without TLS. */
  readonly identity?: DeviceIdentity | null;
  readonly port?: number;
  readonly entries?: readonly ReceivedEntry[];
  /** What its welcome says in place of the truth. */
  readonly welcome?: (truth: Welcome) => Welcome;
  readonly room?: Partial<RoomInfo>;
}

export class LyingHub {
  readonly heard: ClientMessage[] = [];
  port = 0;
  #socket: WebSocket | undefined;
  readonly #lies: Lies;

  static async start(lies: Lies = {}): Promise<LyingHub> {
    const hub = new LyingHub(lies);
    const identity = lies.identity === undefined ? HOST : lies.identity;
    hub.port = await strangeHub(
      (socket, request) => hub.#greet(socket, request.socket),
      identity,
      lies.port,
    );
    return hub;
  }

  private constructor(lies: Lies) {
    this.#lies = lies;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  tell(message: HubMessage): void {
    this.#socket?.send(encodeHubMessage(message));
  }

  /** More was said, it says. */
  tellEntries(...entries: readonly ReceivedEntry[]): void {
    this.#tellAll(this.#talk, entries);
  }

  /** More was done in the room, it says. */
  tellActs(...entries: readonly ReceivedEntry[]): void {
    this.#tellAll(this.room.id, entries);
  }

  #tellAll(conversation: string, entries: readonly ReceivedEntry[]): void {
    const [first] = entries;
    if (first) this.tell({ type: 'entries', conversation, after: first.seq - 1, entries });
  }

  /** Vouches that this, and nothing else, was said since the beginning. */
  vouch(entries: readonly ReceivedEntry[], signer: DeviceIdentity = HOST): void {
    this.tell(headOf(entries, signer));
  }

  /** The room as it is told of. */
  get room(): RoomInfo {
    return { ...ROOM, ...DEFAULTS, name: 'Lab 3', ...this.#lies.room };
  }

  get #talk(): string {
    return firstConversationOf(this.room.id, sha256);
  }

  /** Its log, with links that hold. */
  get #log(): readonly Entry[] {
    const { entries = [] } = this.#lies;
    return chained(this.room.id, this.#talk, this.#start, entries, sha256);
  }

  get #start(): ChainEnd {
    const first = this.#lies.entries?.[0];
    return {
      epoch: EPOCH,
      seq: (first?.seq ?? 1) - 1,
      link: first && first.seq > 1 ? EARLIER : '',
    };
  }

  #greet(socket: WebSocket, stream: unknown): void {
    this.#socket = socket;
    if (this.#lies.identity === null) this.tell({ type: 'challenge', nonce: 'whatever' });
    socket.on('message', (data: Buffer) => {
      const parsed = parseClientMessage(data.toString());
      if (!parsed.ok) throw new Error(`a member sent what no hub can read: ${data.toString()}`);
      this.heard.push(parsed.message);
      if (parsed.message.type === 'hello') this.#welcome(parsed.message, memberOf(stream));
      if (parsed.message.type === 'history') this.#page(parsed.message);
    });
  }

  #welcome(hello: Extract<ClientMessage, { type: 'hello' }>, certified: string): void {
    const you = certified || (hello.key ?? '');
    const standing = { role: 'member', away: false, muted: false, since: 1 } as const;
    const { identity = HOST, welcome = (truth: Welcome) => truth } = this.#lies;
    const all = this.#log;
    const last = endOf(all) ?? this.#start;
    const after = endOf(all.slice(0, -2)) ?? this.#start;
    const state = { conversation: this.#talk, last, after, entries: all.slice(-2) };
    const logs: readonly LogState[] = [
      { ...NOTHING, conversation: this.room.id },
      { ...NOTHING, ...state },
    ];
    const { record: epoch } = epochOf(this.room, identity ?? HOST);
    const greeting = { version: PROTOCOL_VERSION, you, room: this.room, epoch, logs } as const;
    const roster = [{ id: you, name: hello.name, ...standing }];
    this.tell(welcome({ type: 'welcome', ...greeting, roster }));
  }

  #page({ id, conversation, before = 0 }: Extract<ClientMessage, { type: 'history' }>): void {
    const entries = this.#log.filter(({ seq }) => seq < before);
    const isTalk = conversation === this.#talk;
    this.tell({
      type: 'page',
      id,
      conversation,
      after: this.#start,
      entries: isTalk ? entries : [],
      more: false,
    });
  }
}

/** A log with nothing in it. */
const NOTHING = {
  common: null,
  floor: BEGINNING,
  last: BEGINNING,
  after: BEGINNING,
  entries: [],
  head: null,
};

/** A room's first epoch, signed by this device. */
export function epochOf({ id, founder }: Pick<RoomInfo, 'id' | 'founder'>, signer: DeviceIdentity) {
  const content = { room: id, writer: founder, places: [] };
  return nextEpoch([], content, { hash: sha256, sign: (text) => signer.sign(text) });
}

/** The epoch of the test's room. */
const EPOCH = epochOf(ROOM, HOST).id;

/** What stands for the link of what was before. */
const EARLIER = 'earlier'.padEnd(43, '-');

/** That this was said in the test's room since the beginning, signed. */
export function headOf(entries: readonly ReceivedEntry[], signer: DeviceIdentity): SignedHead {
  const conversation = firstConversationOf(ROOM.id, sha256);
  const all = chained(ROOM.id, conversation, { ...BEGINNING, epoch: EPOCH }, entries, sha256);
  const { seq, link } = endOf(all) ?? BEGINNING;
  const signature = signer.sign(headContent(conversation, EPOCH, { seq, link }));
  return { type: 'head', conversation, epoch: EPOCH, seq, link, signature };
}

/** What makes a room of this device. */
export function roomOf({
  id: founder,
}: DeviceIdentity): Pick<RoomInfo, 'id' | 'founder' | 'nonce'> {
  const nonce = 'another-nonce';
  return { id: roomIdOf(founder, nonce, sha256), founder, nonce };
}

function endOf(entries: readonly Entry[]): ChainEnd | null {
  const last = entries.at(-1);
  return last ? { epoch: last.epoch, seq: last.seq, link: last.link } : null;
}

function memberOf(stream: unknown): string {
  if (!(stream instanceof TLSSocket)) return '';
  const certificate = stream.getPeerX509Certificate();
  return (certificate && memberIdOfCertificate(certificate.raw)) ?? '';
}

interface Written {
  readonly seq: number;
  /** The room it was written for. */
  readonly room?: Pick<RoomInfo, 'founder' | 'nonce'>;
}

/** What a person really said. */
export function said(author: DeviceIdentity, text: string, where: Written): ReceivedEntry {
  return written(signerOf(author), messageKind.name, { text }, where);
}

/** What a person really did to a message. */
export function done(
  actor: DeviceIdentity,
  kind: string,
  to: string,
  where: Written,
): ReceivedEntry {
  return written(signerOf(actor), kind, {}, where, [{ as: 'to', id: to }]);
}

/** An event as these keys sign it, where a log has it. */
export function written(
  signer: Signer,
  kind: string,
  content: object,
  { seq, room = ROOM }: Written,
  references: readonly Reference[] = [],
): ReceivedEntry {
  const id = roomIdOf(room.founder, room.nonce, sha256);
  const conversation = kind.startsWith('act/') ? id : firstConversationOf(id, sha256);
  const wish = { room: id, conversation, kind, content, references, written: seq };
  const { event } = makeEvent(wish, signer, sha256);
  const place = { epoch: EPOCH, seq, at: seq, origin: null, policy: '', name: 'Ann' };
  return { ...event, ...place };
}

/** The id a message of the test's room has. */
export function idIn(entry: ReceivedEntry): string {
  return idOf(
    { ...entry, room: ROOM.id, conversation: firstConversationOf(ROOM.id, sha256) },
    sha256,
  );
}
