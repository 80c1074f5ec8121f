/** The rooms this device is in, its own and others', and those it could join. */
import type { BridgeEvent, Entry, NearbyRoom, RoomKey, RoomView } from '../../preload/contract.ts';
import type { Discovery, FoundRoom } from '../discovery/discovery.ts';
import { LanyardError } from '../errors.ts';
import { PROTOCOL_VERSION, ROOM_NAME_MAX } from '../protocol/limits.ts';
import { normalizeRoomName } from '../protocol/names.ts';
import type { NameProblem } from '../protocol/names.ts';
import { parseAddress } from '../transport/address.ts';
import type { Target } from '../transport/address.ts';
import { connectAny } from '../transport/connect-any.ts';
import type { Connect } from '../transport/connection.ts';
import { HostedRoom } from './hosted-room.ts';
import { Room } from './room.ts';
import type { RoomOptions } from './room.ts';

export interface RoomsOptions {
  readonly discovery: Discovery;
  readonly trustedProxies: readonly string[];
  /** The person's name when a room is joined; throws no-name while there is none. */
  readonly ownName: () => string;
  readonly emit: (event: BridgeEvent) => void;
  readonly onSaid: (room: Room, entry: Entry, mention: boolean) => void;
}

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<RoomKey, Room>();
  readonly #hosted = new Map<RoomKey, HostedRoom>();
  readonly #browsing: { stop(): void };
  #found: readonly FoundRoom[] = [];

  constructor(options: RoomsOptions) {
    this.#options = options;
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

  /** Rejects with room-name-*, port-in-use, port-not-allowed, no-name. */
  async host(roomName: string, port: number | null): Promise<RoomKey> {
    const ownName = this.#options.ownName();
    const normalized = normalizeRoomName(roomName);
    if (!normalized.ok) throw roomNameError(normalized.problem);
    const { name } = normalized;
    const { discovery, trustedProxies } = this.#options;
    const hosted = await HostedRoom.open({ name, port, discovery, trustedProxies });
    const room = this.#add({
      name: ownName,
      connect: hosted.connect,
      roomId: hosted.id,
      label: name,
      hosting: hosted.info(),
    });
    this.#hosted.set(room.key, hosted);
    await room.join();
    return room.key;
  }

  /** Rejects with room-gone, no-name and the reasons a connection fails. */
  async joinNearby(id: string): Promise<RoomKey> {
    const addresses = () => this.#found.find((room) => room.id === id)?.addresses ?? [];
    const found = this.#found.find((room) => room.id === id);
    if (!found) {
      throw new LanyardError('room-gone', 'That room is no longer there. Ask its host.');
    }
    let lastKnown = found.addresses;
    const connect = connectAny(() => {
      if (addresses().length > 0) lastKnown = addresses();
      return lastKnown.flatMap((address) => parseAddress(address) ?? []);
    });
    return this.#join(connect, id, found.name);
  }

  /** Rejects with address-invalid, no-name and the reasons a connection fails. */
  async joinAddress(address: string): Promise<RoomKey> {
    const target: Target | null = parseAddress(address);
    if (!target) {
      throw new LanyardError(
        'address-invalid',
        'That is not an address. Type one like 192.168.1.20, 192.168.1.20:47100 or paste a lanyard:// link.',
      );
    }
    return this.#join(
      connectAny(() => [target]),
      target.roomId,
      address.trim(),
    );
  }

  /** Leaves a room, or closes it for everybody when it is this device's own. */
  async leave(key: RoomKey): Promise<void> {
    const room = this.get(key);
    const hosted = this.#hosted.get(key);
    this.#hosted.delete(key);
    room.leave();
    this.#remove(room);
    await hosted?.close();
  }

  /** Only the host of a room can. Throws not-host. */
  setIdleMinutes(key: RoomKey, minutes: number | null): void {
    const hosted = this.#hosted.get(key);
    if (!hosted) {
      throw new LanyardError('not-host', 'Only the host can change this. Ask them to.');
    }
    hosted.setIdleMinutes(minutes);
  }

  /** The device's addresses are others now: tell them, and try what waits. */
  networkChanged(): void {
    for (const [key, hosted] of this.#hosted) this.get(key).setHosting(hosted.info());
    for (const room of this.#rooms.values()) room.retryNow();
  }

  async stop(): Promise<void> {
    this.#browsing.stop();
    await Promise.all(Array.from(this.#rooms.keys(), (key) => this.leave(key)));
  }

  async #join(connect: Connect, roomId: string | null, label: string): Promise<RoomKey> {
    const name = this.#options.ownName();
    const known = this.#withId(roomId);
    if (known?.status.state === 'ended') this.#remove(known);
    else if (known) return known.key;
    const room = this.#add({ name, connect, roomId, label, hosting: null });
    try {
      await room.join();
    } catch (error) {
      this.#remove(room);
      throw error;
    }
    const same = this.#withId(room.id, room);
    if (!same) return room.key;
    room.leave();
    this.#remove(room);
    return same.key;
  }

  #withId(id: string | null, except?: Room): Room | undefined {
    return id === null
      ? undefined
      : [...this.#rooms.values()].find((room) => room.id === id && room !== except);
  }

  #add(options: Omit<RoomOptions, 'emit' | 'onSaid'>): Room {
    const room = new Room({
      ...options,
      emit: (event) => {
        if (!this.#rooms.has(room.key)) return;
        this.#options.emit(event);
        if (event.type === 'room-status' || event.type === 'room-info') this.#emitNearby();
      },
      onSaid: this.#options.onSaid,
    });
    this.#rooms.set(room.key, room);
    this.#options.emit({ type: 'room-added', room: room.view() });
    return room;
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

function roomNameError(problem: NameProblem): LanyardError {
  switch (problem) {
    case 'name-empty':
      return new LanyardError(
        'room-name-empty',
        'A room needs a name with at least one visible character.',
      );
    case 'name-too-long':
      return new LanyardError(
        'room-name-too-long',
        `A room's name can have at most ${ROOM_NAME_MAX} characters. Choose a shorter one.`,
      );
    case 'name-not-allowed':
      return new LanyardError(
        'room-name-not-allowed',
        'This name has invisible control characters. Type it again instead of pasting it.',
      );
  }
}
