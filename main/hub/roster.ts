/** Who is in the room: the records behind the online list, and who may come back as whom. */
import type { Member, MemberId } from '../protocol/messages.ts';
import { freeName, nameKey } from '../protocol/names.ts';

/** Names one connection to the hub; given by whoever accepts connections. */
export type ConnectionId = number;

/** A member as the hub knows it. */
export interface Occupant {
  readonly id: MemberId;
  /** The secret with which it may resume (H5). */
  readonly token: string;
  readonly host: boolean;
  readonly since: number;
  name: string;
  connection: ConnectionId;
  away: boolean;
  /** When it last said something, in the hub's ms. */
  activeAt: number;
  /** When its typing is forgotten, or null while it does not type. */
  typingUntil: number | null;
}

/** Everybody in the room, found by connection, by token and by name. */
export class Roster {
  readonly #byConnection = new Map<ConnectionId, Occupant>();
  readonly #byToken = new Map<string, Occupant>();
  readonly #byNameKey = new Map<string, Occupant>();

  get count(): number {
    return this.#byToken.size;
  }

  /** Everybody, in order of arrival. */
  occupants(): Iterable<Occupant> {
    return this.#byToken.values();
  }

  at(connection: ConnectionId): Occupant | undefined {
    return this.#byConnection.get(connection);
  }

  withToken(token: string): Occupant | undefined {
    return this.#byToken.get(token);
  }

  /** True when somebody else than `except` has a name a reader would take for this one (N4). */
  isTaken(name: string, except?: Occupant): boolean {
    const holder = this.#byNameKey.get(nameKey(name));
    return holder !== undefined && holder !== except;
  }

  /** Adds somebody, under the first free form of the name. */
  add(newcomer: Omit<Occupant, 'away' | 'typingUntil'>): Occupant {
    const name = freeName(newcomer.name, (key) => this.#byNameKey.has(key));
    const occupant: Occupant = { ...newcomer, name, away: false, typingUntil: null };
    this.#byToken.set(occupant.token, occupant);
    this.#byConnection.set(occupant.connection, occupant);
    this.#byNameKey.set(nameKey(name), occupant);
    return occupant;
  }

  /** Moves somebody to another connection (H6). */
  move(occupant: Occupant, connection: ConnectionId): void {
    this.#byConnection.delete(occupant.connection);
    occupant.connection = connection;
    this.#byConnection.set(connection, occupant);
  }

  /** The name must be free or the occupant's own. */
  rename(occupant: Occupant, name: string): void {
    this.#byNameKey.delete(nameKey(occupant.name));
    occupant.name = name;
    this.#byNameKey.set(nameKey(name), occupant);
  }

  remove(occupant: Occupant): void {
    this.#byConnection.delete(occupant.connection);
    this.#byToken.delete(occupant.token);
    this.#byNameKey.delete(nameKey(occupant.name));
  }
}

/** What others may know of an occupant (W3). */
export function memberOf(occupant: Occupant): Member {
  const { id, name, host, away, since } = occupant;
  return { id, name, host, away, since };
}
