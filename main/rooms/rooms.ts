/** The rooms this device is in or was in, its own and others', and those it could join. */
import type {
  BridgeEvent,
  Calls,
  Entry,
  NearbyRoom,
  RoomKey,
  RoomView,
} from '../../preload/contract.ts';
import type { FoundRoom } from '../discovery/discovery.ts';
import { LanyardError } from '../errors.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import { normalizeRoomName } from '../protocol/names.ts';
import { parseAddress } from '../transport/address.ts';
import { connectAny } from '../transport/connect-any.ts';
import type { Connect } from '../transport/connection.ts';
import { HostedRoom } from './hosted-room.ts';
import type { HostingOptions } from './hosted-room.ts';
import { Room } from './room.ts';
import { roomNameError } from './room-name-error.ts';

export interface RoomsOptions extends HostingOptions {
  /** The person's name when a room is joined; throws no-name while there is none. */
  readonly ownName: () => string;
  readonly emit: (event: BridgeEvent) => void;
  readonly onSaid: (room: Room, entry: Entry, mention: boolean) => void;
}

/** How many addresses of one room are tried and remembered. */
const ADDRESSES_KEPT = 8;

/** How many entries a search gives at once. */
const HITS_AT_ONCE = 50;

type SearchResult = Calls['search']['result'];

/** What is known of a room before it is opened or joined. */
interface Destination {
  readonly roomId: string | null;
  readonly label: string;
  readonly own: boolean;
  readonly addresses: readonly string[];
}

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<RoomKey, Room>();
  readonly #hosted = new Map<RoomKey, HostedRoom>();
  readonly #browsing: { stop(): void };
  #found: readonly FoundRoom[] = [];

  constructor(options: RoomsOptions) {
    this.#options = options;
    for (const { record } of options.storage.rooms()) {
      const { id, name, hosted, addresses, ownName } = record;
      this.#add(ownName, { roomId: id, label: name, own: hosted, addresses });
    }
    this.#browsing = options.discovery.browse((found) => {
      this.#found = found;
      this.#emitNearby();
    });
  }

  views(): readonly RoomView[] {
    return Array.from(this.#rooms.values(), (room) => room.view());
  }

  /** Rooms one could join: not those one is in. */
  nearby(): readonly NearbyRoom[] {
    const inside = new Set<string>();
    for (const room of this.#rooms.values()) {
      if (room.status.state !== 'ended') inside.add(room.id);
    }
    return this.#found
      .filter(({ id }) => !inside.has(id))
      .map(({ version, ...room }) => ({ ...room, compatible: version <= PROTOCOL_VERSION }));
  }

  /** Throws room-gone. */
  get(key: RoomKey): Room {
    const room = this.#rooms.get(key);
    if (room) return room;
    throw new LanyardError('room-gone', 'You are no longer in that room. Join it again.');
  }

  /** Opens and joins again what was open when the app last ended. */
  async restore(): Promise<void> {
    const active = [...this.#rooms.values()].filter((room) => room.wasActive);
    await Promise.all(
      active.map(async (room) => {
        try {
          await this.rejoin(room.key);
        } catch (error) {
          if (!(error instanceof LanyardError)) throw error;
          this.#options.onProblem(error);
        }
      }),
    );
  }

  /**
   * Opens a room; one of this device that had the same name is opened again with its log. Rejects
   * with room-name-*, port-in-use, port-not-allowed, no-name, storage-*.
   */
  async host(roomName: string, port: number | null): Promise<RoomKey> {
    const ownName = this.#options.ownName();
    const normalized = normalizeRoomName(roomName);
    if (!normalized.ok) throw roomNameError(normalized.problem);
    const { name } = normalized;
    const closed = this.#closedOwn(name);
    if (closed) {
      await this.#reopen(closed, port);
      return closed.key;
    }
    const hosted = await HostedRoom.create(name, port, ownName, this.#options);
    const destination = { roomId: hosted.id, label: name, own: true, addresses: [] };
    const room = this.#add(ownName, destination);
    await this.#enter(room, hosted);
    return room.key;
  }

  /** Rejects with room-gone, no-name and the reasons a connection fails. */
  async joinNearby(id: string): Promise<RoomKey> {
    const found = this.#found.find((room) => room.id === id);
    if (!found) throw new LanyardError('room-gone', 'That room is no longer there. Ask its host.');
    return this.#join({ roomId: id, label: found.name, own: false, addresses: found.addresses });
  }

  /** Rejects with address-invalid, no-name and the reasons a connection fails. */
  async joinAddress(typed: string): Promise<RoomKey> {
    const address = typed.trim();
    const target = parseAddress(address);
    if (!target) {
      throw new LanyardError(
        'address-invalid',
        'That is not an address. Type one like 192.168.1.20, 192.168.1.20:47100 or paste a lanyard:// link.',
      );
    }
    return this.#join({ roomId: target.roomId, label: address, own: false, addresses: [address] });
  }

  /** Joins a room again, or opens this device's own again. Rejects with what keeps it from that. */
  async rejoin(key: RoomKey): Promise<void> {
    const room = this.get(key);
    if (room.status.state !== 'ended') return;
    if (room.own && !this.#hosted.has(key)) await this.#reopen(room, null);
    else await room.join();
  }

  /** Leaves a room, or closes it for everybody when it is this device's own. Its copy stays. */
  async leave(key: RoomKey): Promise<void> {
    this.get(key).leave();
    await this.#close(key);
  }

  /** Leaves a room and forgets everything said in it. */
  async forget(key: RoomKey): Promise<void> {
    const room = this.get(key);
    await this.leave(key);
    this.#remove(room);
    this.#options.storage.forget(room.id);
  }

  /** Entries that match, newest first: of one room, or of all. */
  search(query: string, key: RoomKey | null, below: number): SearchResult {
    const rooms = key === null ? [...this.#rooms.values()] : [this.get(key)];
    const found = rooms.flatMap((room) =>
      room.search(query, below, HITS_AT_ONCE + 1).map((entry) => ({ key: room.key, entry })),
    );
    const newestFirst = found.toSorted(
      (a, b) => b.entry.at - a.entry.at || b.entry.seq - a.entry.seq,
    );
    const hits = (key === null ? newestFirst : found).slice(0, HITS_AT_ONCE);
    return { hits, more: found.length > hits.length };
  }

  /** The room with its hub, for what only its host may do. Throws not-host. */
  hosted(key: RoomKey): HostedRoom {
    const hosted = this.#hosted.get(key);
    if (hosted) return hosted;
    throw new LanyardError('not-host', 'Only the host can change this. Ask them to.');
  }

  /** The device's addresses are others now: tell them, and try what waits. */
  networkChanged(): void {
    for (const [key, hosted] of this.#hosted) this.get(key).setHosting(hosted.info());
    for (const room of this.#rooms.values()) room.retryNow();
  }

  /** The device slept: connections to others may be dead without knowing. */
  wake(): void {
    for (const room of this.#rooms.values()) if (!room.own) room.reconnect();
  }

  /** Says goodbye everywhere; what is open now will be opened by `restore`. */
  async stop(): Promise<void> {
    this.#browsing.stop();
    for (const room of this.#rooms.values()) room.suspend();
    await Promise.all(Array.from(this.#hosted.keys(), (key) => this.#close(key)));
  }

  async #reopen(room: Room, port: number | null): Promise<void> {
    const kept = this.#options.storage.room(room.id);
    if (!kept) throw new Error('a room of this device is kept as long as it is listed');
    await this.#enter(room, await HostedRoom.reopen(kept, port, this.#options));
  }

  async #enter(room: Room, hosted: HostedRoom): Promise<void> {
    this.#hosted.set(room.key, hosted);
    room.setHosting(hosted.info());
    await room.join();
  }

  async #close(key: RoomKey): Promise<void> {
    const hosted = this.#hosted.get(key);
    if (!hosted) return;
    this.#hosted.delete(key);
    this.get(key).setHosting(null);
    await hosted.close();
  }

  async #join(destination: Destination): Promise<RoomKey> {
    const known = this.#withId(destination.roomId) ?? this.#reachedAt(destination.addresses);
    if (known && known.status.state !== 'ended') return known.key;
    if (known && (await this.#isStillThere(known))) return known.key;
    const room = this.#add(this.#options.ownName(), destination);
    try {
      await room.join();
    } catch (error) {
      this.#remove(room);
      throw error;
    }
    const twin = this.#withId(room.id, room);
    if (!twin) return room.key;
    room.suspend();
    this.#remove(room);
    if (twin.status.state === 'ended') await this.rejoin(twin.key);
    return twin.key;
  }

  /** Joins a room again; false when another room has its address now. */
  async #isStillThere(room: Room): Promise<boolean> {
    try {
      await this.rejoin(room.key);
      return true;
    } catch (error) {
      if (error instanceof LanyardError && error.code === 'wrong-room') return false;
      throw error;
    }
  }

  #reachedAt(addresses: readonly string[]): Room | undefined {
    return [...this.#rooms.values()].find((room) =>
      this.#options.storage.room(room.id)?.record.addresses.some((it) => addresses.includes(it)),
    );
  }

  #closedOwn(name: string): Room | undefined {
    return [...this.#rooms.values()].find(
      (room) => room.own && room.name === name && !this.#hosted.has(room.key),
    );
  }

  #withId(id: string | null, except?: Room): Room | undefined {
    return id === null
      ? undefined
      : [...this.#rooms.values()].find((room) => room.id === id && room !== except);
  }

  #add(ownName: string, { roomId, label, own, addresses }: Destination): Room {
    const { emit, storage, onProblem, onSaid } = this.#options;
    const addressesNow = () => this.#addressesOf(room, addresses);
    const connect: Connect = own
      ? (listener) => this.#connectOwn(room, listener)
      : connectAny(() => addressesNow().flatMap((address) => parseAddress(address) ?? []));
    const room = new Room({
      ownName,
      connect,
      storage,
      roomId,
      label,
      own,
      addresses: addressesNow,
      onProblem,
      onSaid,
      mayBe: (id) => this.#withId(id, room) === undefined,
      emit: (event) => {
        if (!this.#rooms.has(room.key)) return;
        emit(event);
        if (event.type === 'room-status' || event.type === 'room-info') this.#emitNearby();
      },
    });
    this.#rooms.set(room.key, room);
    emit({ type: 'room-added', room: room.view() });
    return room;
  }

  #connectOwn(room: Room, listener: Parameters<Connect>[0]): ReturnType<Connect> {
    const hosted = this.#hosted.get(room.key);
    if (!hosted) throw new Error('a room of this device is joined only while it is open');
    return hosted.connect(listener);
  }

  /** What discovery says now comes first, then where it was before. */
  #addressesOf(room: Room, addresses: readonly string[]): readonly string[] {
    const found = this.#found.find(({ id }) => id === room.id)?.addresses ?? [];
    const known = this.#options.storage.room(room.id)?.record.addresses ?? [];
    return [...new Set([...found, ...addresses, ...known])].slice(0, ADDRESSES_KEPT);
  }

  #remove(room: Room): void {
    if (!this.#rooms.delete(room.key)) return;
    this.#options.emit({ type: 'room-removed', key: room.key });
    this.#emitNearby();
  }

  #emitNearby(): void {
    this.#options.emit({ type: 'nearby', rooms: this.nearby() });
  }
}
