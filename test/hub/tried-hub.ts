/** A hub with a clock and a disk a test sets, and a record of what each connection was sent. */
import { idOf, signedContent } from '../../main/events/event.ts';
import type { Reference } from '../../main/events/event.ts';
import { invitation } from '../../main/events/invitation.ts';
import { message } from '../../main/events/message.ts';
import { moderation } from '../../main/events/moderation.ts';
import type { Moderation } from '../../main/events/moderation.ts';
import { redaction } from '../../main/events/redaction.ts';
import { settings } from '../../main/events/settings.ts';
import type { SettingsBody } from '../../main/events/settings.ts';
import { Changes } from '../../main/hub/engine/changes.ts';
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import { nextEpoch } from '../../main/hub/epochs.ts';
import { Hub } from '../../main/hub/hub.ts';
import type { Hello, HubInput, Identity } from '../../main/hub/hub-types.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import type { KnownMember } from '../../main/hub/rules.ts';
import type { LeaveReason, MemberId, PresenceChange } from '../../main/model/member.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import { linkAfter } from '../../main/timeline/chain.ts';
import type { Entry, ReceivedEntry } from '../../main/timeline/entry.ts';
import type {
  ClientMessage,
  HubMessage,
  PostedEvent,
  Refusal,
  Resume,
  Welcome,
} from '../../main/wire/messages.ts';
import { hash, sign, verify } from '../simulation/crypto.ts';
import { HOST_KEY, keyOf, ROOM, TALK } from '../simulation/names.ts';

/** The host's device, and the connection it comes in on. */
export const HOST = HOST_KEY;
export const HOST_CONNECTION: ConnectionId = 0;

export function signByHost(text: string): string {
  return sign(HOST, text);
}

export interface TriedHubOptions {
  readonly capacity?: number;
  /** What the host did before anybody came in. */
  readonly acts?: readonly Wanted[];
  readonly known?: readonly KnownMember[];
  /** What a hub before this one has kept. */
  readonly store?: MemoryHub;
}

/** What somebody brings along; the key is that of the connection's number unless told otherwise. */
export interface Coming extends Partial<Omit<Identity, 'member'>> {
  readonly key?: MemberId;
  readonly resume?: readonly Resume[];
}

/** An event as a test wants it. */
export interface Wanted {
  readonly kind: string;
  readonly content?: object;
  readonly references?: readonly Reference[];
  /** Another conversation than its class has. */
  readonly conversation?: string;
  /** The same thing by the same person with another salt is another event. */
  readonly salt?: string;
}

/** An act that changes settings. */
export function setting(content: SettingsBody): Wanted {
  return { kind: settings.name, content };
}

/** An act that makes an invitation; its token has this hash. */
export function inviting(inviteHash: string, bounds: object = {}): Wanted {
  const content = { hash: inviteHash, expiresAt: null, maxUses: null, ...bounds };
  return { kind: invitation.name, content, salt: inviteHash };
}

/** What a message says; undefined when that was taken out, or is none. */
export function textOf({ body }: Pick<ReceivedEntry, 'body'>): string | undefined {
  if (body.state !== 'whole') return undefined;
  const { text }: { readonly text?: string } = JSON.parse(body.text);
  return text;
}

/** The event of somebody, signed by a device, and its id. */
export function eventOf(
  device: MemberId,
  wanted: Wanted,
  person = device,
): { readonly id: string; readonly event: PostedEvent } {
  const { kind, content = {}, references = [], salt = hash('salt') } = wanted;
  const conversation = wanted.conversation ?? (kind.startsWith('act/') ? ROOM.id : TALK);
  const body = { state: 'whole', salt, text: JSON.stringify(content) } as const;
  const posted = { conversation, kind, person, device, written: 7, references, body };
  const unsigned = { ...posted, room: ROOM.id };
  const signature = sign(device, signedContent(unsigned, hash));
  return { id: idOf(unsigned, hash), event: { ...posted, signature } };
}

export class TriedHub {
  readonly store: MemoryHub;
  now = 1_000_000;
  /** What becomes of what is to be kept; a busy disk takes it with `settle`. */
  disk: 'fine' | 'busy' | 'full' = 'fine';
  /** Who was asked to prove that they know the passphrase. */
  readonly challenged: Hello[] = [];
  /** How often what had been said was to be forgotten. */
  cleared = 0;
  readonly #changes = new Changes();
  /** Written, but not told to be safe. */
  #written: HubChanges[] = [];
  readonly #hub: Hub;
  readonly #keys = new Map<ConnectionId, MemberId>();
  readonly #admitted = new Set<ConnectionId>();
  readonly #sent = new Map<ConnectionId, HubMessage[]>();
  readonly #closed = new Map<ConnectionId, string>();

  constructor({ capacity = 100, acts = [], known, store }: TriedHubOptions = {}) {
    this.store = store ?? emptyStore();
    const logs = new Map([ROOM.id, TALK].map((id) => [id, this.store.log(id)]));
    const places = Array.from(logs, ([conversation, { last }]) => ({
      conversation,
      seq: last.seq,
      link: last.link,
    }));
    const content = { room: ROOM.id, writer: HOST, places };
    this.store.addEpoch(nextEpoch(this.store.epochs(), content, { hash, sign: signByHost }));
    for (const act of acts) this.#begin(act);
    this.#hub = new Hub({
      room: ROOM,
      firstConversation: TALK,
      hostId: HOST,
      logs,
      epochs: this.store.epochs(),
      known: known ?? this.store.known(),
      inviteUses: this.store.inviteUses(),
      capacity,
      hash,
      verify,
      sign: signByHost,
    });
  }

  get memberCount(): number {
    return this.#hub.memberCount;
  }

  get room() {
    return this.#hub.room;
  }

  get bans() {
    return this.#hub.bans;
  }

  get invitations() {
    return this.#hub.invitations;
  }

  /** The id of the epoch that is being written. */
  get epoch(): string {
    return this.store.epochs().at(-1)?.id ?? '';
  }

  /** The log everybody talks in. */
  get log(): MemoryLog {
    return this.store.log(TALK);
  }

  /** The policy log. */
  get acts(): MemoryLog {
    return this.store.log(ROOM.id);
  }

  /** What is in the log, in its order; undefined where it was taken out. */
  get texts(): readonly (string | undefined)[] {
    return this.log.after(0, 1_000).map(textOf);
  }

  /** Everything sent to a connection, and nothing of it again next time. */
  take(connection: ConnectionId): readonly HubMessage[] {
    const sent = this.#sent.get(connection) ?? [];
    this.#sent.delete(connection);
    return sent;
  }

  /** The presence changes among what was sent. */
  takeChanges(connection: ConnectionId): readonly PresenceChange[] {
    return this.take(connection).flatMap((sent) => (sent.type === 'presence' ? sent.changes : []));
  }

  /** The new entries among what was sent. */
  takeEntries(connection: ConnectionId): readonly ReceivedEntry[] {
    return this.take(connection).flatMap((sent) => (sent.type === 'entries' ? sent.entries : []));
  }

  /** The codes of the refusals among what was sent. */
  takeRefusals(connection: ConnectionId): readonly Refusal['code'][] {
    return this.take(connection).flatMap((sent) => (sent.type === 'refused' ? sent.code : []));
  }

  /** Nobody has anything left to read. */
  takeAll(): void {
    this.#sent.clear();
  }

  /** Why the hub closed a connection, or undefined. */
  closedBecause(connection: ConnectionId): string | undefined {
    return this.#closed.get(connection);
  }

  send(connection: ConnectionId, sent: ClientMessage, coming: Coming = {}): void {
    const { key = this.#keyAt(connection), inviteHash = null, passphrase = null } = coming;
    const identity = { member: key, inviteHash, passphrase };
    this.input({ type: 'message', now: this.now, connection, message: sent, identity });
  }

  hello(connection: ConnectionId, name: string, coming: Coming = {}): void {
    const { key = keyOf(connection), resume = [] } = coming;
    this.#keys.set(connection, key);
    this.send(connection, { type: 'hello', version: PROTOCOL_VERSION, name, resume }, coming);
  }

  /** Joins, and takes the welcome; the others have been told. */
  join(connection: ConnectionId, name: string, coming: Coming = {}): Welcome {
    this.hello(connection, name, coming);
    const welcome = this.take(connection).find((sent) => sent.type === 'welcome');
    if (!welcome) throw new Error(`${name} was not let in`);
    return welcome;
  }

  /** A room with its host and members on connections 1, 2, …; nobody has anything left to read. */
  populate(...names: readonly string[]): void {
    this.join(HOST_CONNECTION, 'Host');
    names.forEach((name, index) => this.join(index + 1, name));
    this.takeAll();
  }

  /** Posts an event of the person on this connection; returns its id. */
  post(connection: ConnectionId, wanted: Wanted, again = false): string {
    const { id, event } = eventOf(this.#keyAt(connection), wanted);
    this.postAs(connection, id, event, again);
    return id;
  }

  /** Posts an event as it is, under an id. */
  postAs(connection: ConnectionId, id: string, event: PostedEvent, again = false): void {
    const post = { type: 'post', id, event } as const;
    this.send(connection, again ? { ...post, again } : post);
  }

  /** Says something; the same text is the same event, unless it has another label. */
  say(connection: ConnectionId, text: string, label = text, again = false): string {
    const wanted = { kind: message.name, content: { text }, salt: hash(label) };
    return this.post(connection, wanted, again);
  }

  /** Does something to the entry with this id. */
  relate(connection: ConnectionId, kind: string, to: string, content: object = {}): string {
    return this.post(connection, { kind, content, references: [{ as: 'to', id: to }] });
  }

  redact(connection: ConnectionId, to: string): string {
    return this.relate(connection, redaction.name, to);
  }

  /** An act by somebody who has seen all that were done before. */
  act(connection: ConnectionId, wanted: Wanted): string {
    const [last] = this.acts.before(Infinity, 1);
    const seen = last ? [{ as: 'after', id: last.id }] : [];
    return this.post(connection, {
      ...wanted,
      references: [...(wanted.references ?? []), ...seen],
    });
  }

  moderate(connection: ConnectionId, act: Moderation, person: MemberId): string {
    const name = this.#hub.roster.find(({ id }) => id === person)?.name ?? person;
    return this.act(connection, { kind: moderation.name, content: { act, person, name } });
  }

  set(connection: ConnectionId, content: SettingsBody): string {
    return this.act(connection, setting(content));
  }

  close(connection: ConnectionId, reason: LeaveReason = 'lost'): void {
    this.#admitted.delete(connection);
    this.input({ type: 'closed', now: this.now, connection, reason });
  }

  /** Lets time pass, a tick at its end. */
  pass(ms: number): void {
    this.now += ms;
    this.input({ type: 'tick', now: this.now });
  }

  /** Forgets what is up to there, as a store does that was told to. */
  forget(floor: number): void {
    this.log.forgetTo(floor);
    this.input({ type: 'forgotten', conversation: TALK, everywhere: true });
  }

  input(input: HubInput): void {
    for (const effect of this.#hub.handle(input)) {
      switch (effect.type) {
        case 'send':
          this.#deliver(effect.to, effect.message);
          break;
        case 'store':
        case 'redact':
        case 'keep-known':
        case 'keep-invite-use':
          this.#changes.add(effect);
          break;
        case 'challenge':
          this.challenged.push(effect.hello);
          break;
        case 'admit':
          this.#deliver(effect.connection, { ...effect.greeting, roster: this.#hub.roster });
          this.#admitted.add(effect.connection);
          break;
        case 'broadcast':
          for (const connection of this.#admitted) {
            if (connection !== effect.except) this.#deliver(connection, effect.message);
          }
          break;
        case 'clear':
          this.cleared += 1;
          break;
        case 'room-changed':
          break;
        case 'close':
          this.#admitted.delete(effect.connection);
          this.#closed.set(effect.connection, effect.reason);
          break;
      }
    }
    if (this.disk !== 'busy') this.settle(this.disk);
  }

  /** The disk takes what is to be kept, or cannot. */
  settle(disk: 'fine' | 'full'): void {
    if (disk === 'fine') this.write();
    for (const { entries } of this.#written.splice(0)) {
      this.input({ type: 'stored', entries: entries.length });
    }
    this.lose();
  }

  /** The disk does not take what it was not given yet. */
  lose(): void {
    if (this.#changes.isEmpty) return;
    const { entries } = this.#changes.takeAll();
    this.input({ type: 'not-stored', entries: entries.length });
  }

  /** What is to be kept is written, and not safe yet. */
  write(): void {
    if (this.#changes.isEmpty) return;
    const changes = this.#changes.takeAll();
    this.store.commit(changes);
    this.#written.push(changes);
  }

  /** The host did this before the hub began. */
  #begin(wanted: Wanted): void {
    const log = this.acts;
    const [before] = log.before(Infinity, 1);
    const references = before ? [{ as: 'after', id: before.id }] : [];
    const { id, event } = eventOf(HOST, { ...wanted, references });
    const place = { epoch: this.epoch, seq: log.last.seq + 1, at: this.now, origin: null };
    const item = { ...event, id, ...place, policy: log.last.link, name: 'Host' };
    const entry: Entry = { ...item, link: linkAfter(log.last, ROOM.id, item, hash) };
    log.append([entry], []);
  }

  #keyAt(connection: ConnectionId): MemberId {
    return this.#keys.get(connection) ?? keyOf(connection);
  }

  #deliver(connection: ConnectionId, sent: HubMessage): void {
    const before = this.#sent.get(connection) ?? [];
    this.#sent.set(connection, [...before, sent]);
  }
}

export function emptyStore(): MemoryHub {
  const logs = new Map([ROOM.id, TALK].map((id) => [id, new MemoryLog(hash)]));
  return new MemoryHub((conversation) => {
    const log = logs.get(conversation);
    if (!log) throw new RangeError('there is no such conversation');
    return log;
  });
}
