/** A hub that speaks the protocol to its members, and lies in it. */
import { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { memberIdOfCertificate } from '../../main/identity/member-key.ts';
import { idOf } from '../../main/events/event.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { message } from '../../main/events/message.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { RoomInfo } from '../../main/model/room.ts';
import { DEFAULTS } from '../../main/policy/settings.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { nextEpoch } from '../../main/hub/epochs.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import { chained } from '../../main/timeline/chain.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Entry, ReceivedEntry } from '../../main/timeline/entry.ts';
import { encodeHubMessage } from '../../main/wire/encode.ts';
import type { ClientMessage, HubMessage, LogState, Welcome } from '../../main/wire/messages.ts';
import { parseClientMessage } from '../../main/wire/parse.ts';
import { HOST, ROOM } from './open-room.ts';
import { strangeHub } from './strange-hub.ts';

export interface Lies {
  /** The key it has; null for none, without TLS. */
  readonly identity?: DeviceIdentity | null;
  readonly port?: number;
  readonly entries?: readonly ReceivedEntry[];
  /** What its welcome says other than the truth. */
  readonly welcome?: Partial<Welcome>;
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
    const conversation = this.#talk;
    const [first] = entries;
    if (first) this.tell({ type: 'entries', conversation, after: first.seq - 1, entries });
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
    return { epoch: LIES, seq: (first?.seq ?? 1) - 1, link: first && first.seq > 1 ? LIES : '' };
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
    const { identity = HOST, welcome } = this.#lies;
    const all = this.#log;
    const shown = all.slice(-2);
    const last = endOf(all) ?? this.#start;
    const after = endOf(all.slice(0, -2)) ?? this.#start;
    const nothing = { epoch: '', seq: 0, link: '' };
    const none = {
      common: null,
      floor: nothing,
      last: nothing,
      after: nothing,
      entries: [],
      head: null,
    };
    const logs: readonly LogState[] = [
      { ...none, conversation: this.room.id },
      { ...none, conversation: this.#talk, last, after, entries: shown },
    ];
    const content = { room: this.room.id, writer: this.room.founder, places: [] };
    const sign = (text: string) => (identity ?? HOST).sign(text);
    const { record: epoch } = nextEpoch([], content, { hash: sha256, sign });
    const greeting = {
      type: 'welcome',
      version: PROTOCOL_VERSION,
      you,
      room: this.room,
      epoch,
      logs,
    } as const;
    const roster = [{ id: you, name: hello.name, ...standing }];
    this.tell({ ...greeting, roster, ...welcome });
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

/** The epoch its log is in: what stands for a hash. */
const LIES = 'lies'.padEnd(43, '-');

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
export function said(
  author: DeviceIdentity,
  text: string,
  { seq, room = ROOM }: Written,
): ReceivedEntry {
  return written(author, message.name, { text }, { seq, room });
}

/** What a person really did to a message. */
export function done(
  actor: DeviceIdentity,
  kind: string,
  to: string,
  { seq, room = ROOM }: Written,
): ReceivedEntry {
  return written(actor, kind, {}, { seq, room }, [{ as: 'to', id: to }]);
}

function written(
  author: DeviceIdentity,
  kind: string,
  content: object,
  { seq, room = ROOM }: Written,
  references: readonly { readonly as: string; readonly id: string }[] = [],
): ReceivedEntry {
  const id = roomIdOf(room.founder, room.nonce, sha256);
  const conversation = firstConversationOf(id, sha256);
  const wish = { room: id, conversation, kind, content, references, written: seq };
  const { event } = makeEvent(wish, signerOf(author), sha256);
  const place = { epoch: LIES, seq, at: seq, origin: null, policy: '', name: 'Ann' };
  return { ...event, ...place };
}

/** The id a message of the test's room has. */
export function idIn(entry: ReceivedEntry): string {
  return idOf(
    { ...entry, room: ROOM.id, conversation: firstConversationOf(ROOM.id, sha256) },
    sha256,
  );
}
