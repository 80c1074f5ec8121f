/** A hub that speaks the protocol to its members, and lies in it. */
import { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { memberIdOfCertificate } from '../../main/identity/member-key.ts';
import { encodeHubMessage } from '../../main/protocol/encode.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type {
  ActEntry,
  ActName,
  ClientMessage,
  Entry,
  HubMessage,
  RoomInfo,
  SaidEntry,
  Welcome,
} from '../../main/protocol/messages.ts';
import { parseClientMessage } from '../../main/protocol/parse.ts';
import { signedContent } from '../../main/protocol/signed-content.ts';
import { HOST, ROOM_ID } from './open-room.ts';
import { strangeHub } from './strange-hub.ts';

export interface Lies {
  /** The key it has; null for none, without TLS. */
  readonly identity?: DeviceIdentity | null;
  readonly port?: number;
  readonly entries?: readonly Entry[];
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

  tellEntries(...entries: readonly Entry[]): void {
    for (const entry of entries) this.tell({ type: 'entry', entry });
  }

  /** The room as it is told of. */
  get room(): RoomInfo {
    const rules = { access: 'open', locked: false, slowSeconds: 0 } as const;
    const memory = { idleMinutes: null, remembersDays: null };
    return { id: ROOM_ID, name: 'Lab 3', ...rules, ...memory, ...this.#lies.room };
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
    const { entries = [], welcome } = this.#lies;
    const seq = entries.at(-1)?.seq ?? 0;
    const shown = entries.slice(-2);
    this.tell({
      type: 'welcome',
      version: PROTOCOL_VERSION,
      you,
      room: this.room,
      roster: [{ id: you, name: hello.name, ...standing }],
      log: { epoch: 'lies', seq, first: entries[0]?.seq ?? seq + 1 },
      entries: shown,
      resumed: false,
      ...welcome,
    });
  }

  #page({ id, before = 0 }: Extract<ClientMessage, { type: 'history' }>): void {
    const entries = (this.#lies.entries ?? []).filter(({ seq }) => seq < before);
    this.tell({ type: 'page', id, entries, more: false });
  }
}

function memberOf(stream: unknown): string {
  if (!(stream instanceof TLSSocket)) return '';
  const certificate = stream.getPeerX509Certificate();
  return (certificate && memberIdOfCertificate(certificate.raw)) ?? '';
}

interface Written {
  readonly seq: number;
  readonly id?: string;
  readonly room?: string;
}

/** What somebody really said. */
export function said(
  author: DeviceIdentity,
  text: string,
  { seq, id = `m${seq}`, room = ROOM_ID }: Written,
): SaidEntry {
  const signature = author.sign(signedContent(room, { kind: 'said', id, written: seq, text }));
  const head = { seq, at: seq, id, from: author.id, name: 'Ann', written: seq, signature };
  return { kind: 'said', ...head, text };
}

/** What somebody really did. */
export function done(
  actor: DeviceIdentity,
  act: ActName,
  on: string,
  { seq, id = `m${seq}`, room = ROOM_ID }: Written,
): ActEntry {
  const signature = actor.sign(signedContent(room, { kind: 'act', id, written: seq, act, on }));
  const head = { seq, at: seq, id, from: actor.id, name: 'Ann', written: seq, signature };
  return { kind: 'act', ...head, act, on, onName: '' };
}
