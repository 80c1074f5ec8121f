/** Who is in the room: the records behind the online list. */
import type { MemberId } from '../model/member.ts';
import { nameKeys } from '../protocol/names.ts';

/** Names one connection to the hub; given by whoever accepts connections. */
export type ConnectionId = number;

/** A member as the hub knows it. */
export interface Occupant {
  readonly id: MemberId;
  readonly since: number;
  name: string;
  connection: ConnectionId;
  away: boolean;
  /** When it last said something, in the hub's ms. */
  activeAt: number;
  /** Where it types, and when that is forgotten; null while it does not. */
  typing: { readonly conversation: string; readonly until: number } | null;
}

/** Everybody in the room, found by connection, by id and by name. */
export class Roster {
  readonly #byConnection = new Map<ConnectionId, Occupant>();
  readonly #byId = new Map<string, Occupant>();
  readonly #byNameKey = new Map<string, Occupant>();

  get count(): number {
    return this.#byId.size;
  }

  /** Everybody, in order of arrival. */
  occupants(): Iterable<Occupant> {
    return this.#byId.values();
  }

  at(connection: ConnectionId): Occupant | undefined {
    return this.#byConnection.get(connection);
  }

  withId(id: MemberId): Occupant | undefined {
    return this.#byId.get(id);
  }

  get isTyping(): boolean {
    return [...this.#byId.values()].some(({ typing }) => typing !== null);
  }

  /** True when somebody else here has a name with this key (N4). */
  isTaken(key: string, by: MemberId): boolean {
    const holder = this.#byNameKey.get(key);
    return holder !== undefined && holder.id !== by;
  }

  add(newcomer: Omit<Occupant, 'away' | 'typing'>): Occupant {
    const occupant: Occupant = { ...newcomer, away: false, typing: null };
    this.#byId.set(occupant.id, occupant);
    this.#byConnection.set(occupant.connection, occupant);
    this.#giveName(occupant);
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
    this.#takeName(occupant);
    occupant.name = name;
    this.#giveName(occupant);
  }

  remove(occupant: Occupant): void {
    this.#byConnection.delete(occupant.connection);
    this.#byId.delete(occupant.id);
    this.#takeName(occupant);
  }

  #giveName(occupant: Occupant): void {
    for (const key of nameKeys(occupant.name)) this.#byNameKey.set(key, occupant);
  }

  #takeName({ name }: Occupant): void {
    for (const key of nameKeys(name)) this.#byNameKey.delete(key);
  }
}
