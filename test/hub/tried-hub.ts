/** A hub with a clock a test sets, and a record of what each connection was sent. */
import { HOST_CONNECTION, Hub } from '../../main/hub/hub.ts';
import type { HubInput } from '../../main/hub/hub-types.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import type {
  ClientMessage,
  HubMessage,
  LeaveReason,
  PresenceChange,
  Resume,
  Welcome,
} from '../../main/protocol/messages.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';

export class TriedHub {
  readonly log = new MemoryEntries('epoch-1');
  now = 1_000_000;
  readonly #hub: Hub;
  readonly #admitted = new Set<ConnectionId>();
  readonly #sent = new Map<ConnectionId, HubMessage[]>();
  readonly #closed = new Map<ConnectionId, string>();
  #fresh = 0;

  constructor(capacity = 100) {
    const room = {
      id: 'room-1',
      name: 'Lab 3',
      locked: false,
      idleMinutes: null,
      remembersDays: null,
    };
    this.#hub = new Hub({ room, log: this.log, capacity });
  }

  get memberCount(): number {
    return this.#hub.memberCount;
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

  /** Why the hub closed a connection, or undefined. */
  closedBecause(connection: ConnectionId): string | undefined {
    return this.#closed.get(connection);
  }

  send(connection: ConnectionId, message: ClientMessage): void {
    this.#fresh += 1;
    const resumed = message.type === 'hello' ? message.resume?.token : undefined;
    const token = resumed ?? `token-${this.#fresh}`;
    const identity = { member: token.replace('token', 'member'), token };
    this.input({ type: 'message', now: this.now, connection, message, identity });
  }

  hello(connection: ConnectionId, name: string, resume?: Resume): void {
    const hello = { type: 'hello', version: 1, name } as const;
    this.send(connection, resume ? { ...hello, resume } : hello);
  }

  /** Joins, and takes the welcome; the others have been told. */
  join(connection: ConnectionId, name: string, resume?: Resume): Welcome {
    this.hello(connection, name, resume);
    const welcome = this.take(connection).find((message) => message.type === 'welcome');
    if (!welcome) throw new Error(`${name} was not let in`);
    return welcome;
  }

  /** A room with its host and guests on connections 1, 2, …; nobody has anything left to read. */
  populate(...guests: readonly string[]): void {
    this.join(HOST_CONNECTION, 'Host');
    guests.forEach((name, index) => this.join(index + 1, name));
    for (const connection of this.#admitted) this.take(connection);
  }

  say(connection: ConnectionId, text: string, id = `${connection} says ${text}`): void {
    this.send(connection, { type: 'say', id, text });
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
          this.log.append([effect.entry]);
          this.input({ type: 'stored' });
          break;
        case 'admit':
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
  }

  #deliver(connection: ConnectionId, message: HubMessage): void {
    const sent = this.#sent.get(connection) ?? [];
    this.#sent.set(connection, [...sent, message]);
  }
}
