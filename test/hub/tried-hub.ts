/** A hub with a clock and a disk a test sets, and a record of what each connection was sent. */
import { Changes } from '../../main/hub/engine/changes.ts';
import { Hub } from '../../main/hub/hub.ts';
import type { Hello, HubInput, Identity } from '../../main/hub/hub-types.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import { OPEN_RULES } from '../../main/hub/rules.ts';
import type { KnownMember, Rules } from '../../main/hub/rules.ts';
import type {
  ActName,
  ClientMessage,
  HubMessage,
  LeaveReason,
  LogPosition,
  MemberId,
  PresenceChange,
  Refusal,
  Welcome,
} from '../../main/protocol/messages.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';

/** The host's device, and the connection it comes in on. */
export const HOST = 'key-0';
export const HOST_CONNECTION: ConnectionId = 0;

export interface TriedHubOptions {
  readonly capacity?: number;
  readonly rules?: Partial<Rules>;
  readonly known?: readonly KnownMember[];
}

/** What somebody brings along; the key is that of the connection's number unless told otherwise. */
export interface Coming extends Partial<Omit<Identity, 'member'>> {
  readonly key?: MemberId;
  readonly resume?: LogPosition;
}

export class TriedHub {
  readonly log = new MemoryEntries('epoch-1');
  readonly store = new MemoryHub(this.log);
  now = 1_000_000;
  /** What becomes of what is to be kept; a busy disk takes it with `settle`. */
  disk: 'fine' | 'busy' | 'full' = 'fine';
  /** Who was asked to prove that they know the passphrase. */
  readonly challenged: Hello[] = [];
  readonly #changes = new Changes();
  readonly #hub: Hub;
  readonly #admitted = new Set<ConnectionId>();
  readonly #sent = new Map<ConnectionId, HubMessage[]>();
  readonly #closed = new Map<ConnectionId, string>();

  constructor({ capacity = 100, rules = {}, known = [] }: TriedHubOptions = {}) {
    this.#hub = new Hub({
      room: { id: 'room-1', name: 'Lab 3', idleMinutes: null, remembersDays: null },
      hostId: HOST,
      rules: { ...OPEN_RULES, ...rules },
      known,
      log: this.log,
      capacity,
    });
  }

  get memberCount(): number {
    return this.#hub.memberCount;
  }

  get room() {
    return this.#hub.room;
  }

  get invites() {
    return this.#hub.invites;
  }

  /** Everything sent to a connection, and nothing of it again next time. */
  take(connection: ConnectionId): readonly HubMessage[] {
    const sent = this.#sent.get(connection) ?? [];
    this.#sent.delete(connection);
    return sent;
  }

  /** The presence changes among what was sent. */
  takeChanges(connection: ConnectionId): readonly PresenceChange[] {
    return this.take(connection).flatMap((message) =>
      message.type === 'presence' ? message.changes : [],
    );
  }

  /** The codes of the refusals among what was sent. */
  takeRefusals(connection: ConnectionId): readonly Refusal['code'][] {
    return this.take(connection).flatMap((message) =>
      message.type === 'refused' ? message.code : [],
    );
  }

  /** Nobody has anything left to read. */
  takeAll(): void {
    this.#sent.clear();
  }

  /** Why the hub closed a connection, or undefined. */
  closedBecause(connection: ConnectionId): string | undefined {
    return this.#closed.get(connection);
  }

  send(connection: ConnectionId, message: ClientMessage, coming: Coming = {}): void {
    const { key = `key-${connection}`, inviteHash = null, passphrase = null } = coming;
    const identity = { member: key, inviteHash, passphrase };
    this.input({ type: 'message', now: this.now, connection, message, identity });
  }

  hello(connection: ConnectionId, name: string, coming: Coming = {}): void {
    const hello = { type: 'hello', version: 1, name } as const;
    const { resume } = coming;
    this.send(connection, resume ? { ...hello, resume } : hello, coming);
  }

  /** Joins, and takes the welcome; the others have been told. */
  join(connection: ConnectionId, name: string, coming: Coming = {}): Welcome {
    this.hello(connection, name, coming);
    const welcome = this.take(connection).find((message) => message.type === 'welcome');
    if (!welcome) throw new Error(`${name} was not let in`);
    return welcome;
  }

  /** A room with its host and guests on connections 1, 2, …; nobody has anything left to read. */
  populate(...guests: readonly string[]): void {
    this.join(HOST_CONNECTION, 'Host');
    guests.forEach((name, index) => this.join(index + 1, name));
    this.takeAll();
  }

  say(
    connection: ConnectionId,
    text: string,
    id = `${connection} says ${text}`,
    again = false,
  ): void {
    const say = { type: 'say', id, text, written: 7, signature: `of ${id}` } as const;
    this.send(connection, again ? { ...say, again } : say);
  }

  act(connection: ConnectionId, act: ActName, on = '', id = `${act} ${on}`): void {
    this.send(connection, { type: 'act', id, act, on, written: 7, signature: `of ${id}` });
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

  setIdleMinutes(minutes: number | null): void {
    this.input({ type: 'set-idle', minutes });
  }

  input(input: HubInput): void {
    for (const effect of this.#hub.handle(input)) {
      switch (effect.type) {
        case 'send':
          this.#deliver(effect.to, effect.message);
          break;
        case 'store':
        case 'strike':
        case 'keep-known':
        case 'keep-rules':
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
    if (this.#changes.isEmpty) return;
    const changes = this.#changes.takeAll();
    const entries = changes.entries.length;
    if (disk === 'fine') this.store.commit(changes);
    this.input({ type: disk === 'fine' ? 'stored' : 'not-stored', entries });
  }

  #deliver(connection: ConnectionId, message: HubMessage): void {
    const sent = this.#sent.get(connection) ?? [];
    this.#sent.set(connection, [...sent, message]);
  }
}
