/** The rooms this device is in or was in, its own and others', and those it could join. */
import type { BridgeEvent, RoomView } from '../../preload/contract.ts';
import type { SearchResult } from '../model/search-result.ts';
import type { Access } from '../model/accesses.ts';
import type { SaidEntry } from '../model/entry.ts';
import type { NearbyRoom, RoomKey, RoomVersion } from '../model/room.ts';
import { LanyardError, unexpectedError } from '../errors.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import { normalizeRoomName } from '../protocol/names.ts';
import { AddressBook } from './address-book.ts';
import { setAccess } from './care.ts';
import { parseAddress, placeOf } from '../transport/address.ts';
import { connectAny } from '../transport/connect-any.ts';
import type { Connect, JudgeHost } from '../replica/link.ts';
import { failedConnection } from '../transport/failed-connection.ts';
import { entranceWith, usablePassphrase } from './entrance.ts';
import type { Entrance } from './entrance.ts';
import { HostedRoom } from './hosted-room.ts';
import type { HostingOptions } from './hosted-room.ts';
import { Room } from './room.ts';
import { roomNameError } from './room-name-error.ts';
import { searchRooms } from './search-rooms.ts';

export interface RoomsOptions extends HostingOptions {
  /** The person's name when a room is joined; throws no-name while there is none. */
  readonly ownName: () => string;
  readonly emit: (event: BridgeEvent) => void;
  readonly onSaid: (room: Room, entry: SaidEntry, mention: boolean) => void;
}

/** Another room may be at a known room's address by now; as which one it answers, it has to tell. */
const NOT_THIS_ROOM: ReadonlySet<string> = new Set(['wrong-room', 'host-key-changed']);

/** What is known of a room before it is opened or joined. */
interface Destination {
  readonly roomId: string | null;
  readonly label: string;
  readonly own: boolean;
  readonly addresses: readonly string[];
}

/** A room as a person wants to open it. */
export interface HostWish {
  readonly room: string;
  readonly port?: number | null;
  /** Absent for an open room, or for the rules it had before. */
  readonly access?: Access;
  readonly passphrase?: string;
}

function versionOf(version: number): RoomVersion {
  if (version === PROTOCOL_VERSION) return 'same';
  return version < PROTOCOL_VERSION ? 'older' : 'newer';
}

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<RoomKey, Room>();
  readonly #hosted = new Map<RoomKey, HostedRoom>();
  /** Rooms of this device that are being opened. */
  readonly #opening = new Set<Promise<unknown>>();
  readonly #addresses: AddressBook;
  readonly #browsing: { stop(): void };

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#addresses = new AddressBook(options.storage);
    for (const { record } of options.storage.rooms()) {
      const { id, name, founder, hosted, addresses, ownName } = record;
      // Without its founder's key nobody can open it again.
      const own = hosted && founder === options.identity.id;
      this.#add(ownName, { roomId: id, label: name, own, addresses });
    }
    this.#browsing = options.discovery.browse((found) => {
      this.#addresses.found = found;
      this.#emitNearby();
    });
  }

  views(): readonly RoomView[] {
    return Array.from(this.#rooms.values(), (room) => room.view());
  }

  /** Rooms that could be joined: not those this device is in. */
  nearby(): readonly NearbyRoom[] {
    const inside = new Set<string>();
    for (const room of this.#rooms.values()) {
      if (room.status.state !== 'ended') inside.add(room.id);
    }
    return this.#addresses.found
      .filter(({ id }) => !inside.has(id))
      .map((room) => ({ ...room, version: versionOf(room.version) }));
  }

  /** Throws room-gone. */
  get(key: RoomKey): Room {
    const room = this.#rooms.get(key);
    if (room) return room;
    throw new LanyardError({ code: 'room-gone' });
  }

  /** Opens and joins again what was open when the app last ended. */
  async restore(): Promise<void> {
    const active = [...this.#rooms.values()].filter((room) => room.wasActive);
    await Promise.all(
      active.map(async (room) => {
        try {
          await this.rejoin(room.key);
        } catch (error) {
          this.#options.onProblem(error instanceof LanyardError ? error : unexpectedError(error));
        }
      }),
    );
  }

  /**
   * Opens a room; one of this device that had the same name is opened again with its log and its
   * rules. Rejects with room-name-*, passphrase-*, port-in-use, port-not-allowed, address-not-here,
   * no-name, storage-*.
   */
  host(wish: HostWish): Promise<RoomKey> {
    return this.#untilOpen(this.#open(wish));
  }

  async #open({ room: roomName, port = null, access, passphrase }: HostWish): Promise<RoomKey> {
    const ownName = this.#options.ownName();
    const normalized = normalizeRoomName(roomName);
    if (!normalized.ok) throw roomNameError(normalized.problem);
    const { name } = normalized;
    const secret = access === 'passphrase' ? usablePassphrase(passphrase ?? '') : null;
    const closed = this.#closedOwn(name);
    if (closed) {
      await this.#reopen(closed, port);
      if (access !== undefined) await setAccess(closed, access, passphrase);
      return closed.key;
    }
    const wanted = { name, port, access: access ?? 'open', passphrase: secret };
    const hosted = await HostedRoom.create(wanted, ownName, this.#options);
    const destination = { roomId: hosted.id, label: name, own: true, addresses: [] };
    const room = this.#add(ownName, destination);
    await this.#enter(room, hosted);
    return room.key;
  }

  /** Rejects with room-gone, no-name, passphrase-* and the reasons a connection fails. */
  async joinNearby(id: string, passphrase: string | undefined): Promise<RoomKey> {
    const found = this.#addresses.found.find((room) => room.id === id);
    if (!found) throw new LanyardError({ code: 'room-gone' });
    const destination = { roomId: id, label: found.name, own: false, addresses: found.addresses };
    return this.#join(destination, entranceWith(passphrase));
  }

  /** Rejects with address-invalid, no-name, passphrase-* and the reasons a connection fails. */
  async joinAddress(typed: string, passphrase: string | undefined): Promise<RoomKey> {
    const target = parseAddress(typed);
    if (!target) {
      throw new LanyardError({ code: 'address-invalid' });
    }
    const { roomId, hostKey, invite } = target;
    const place = placeOf(target);
    const destination = { roomId, label: place, own: false, addresses: [place] };
    return this.#join(destination, { ...entranceWith(passphrase), hostKey, invite });
  }

  /** Joins a room again, or opens this device's own again. Rejects with what keeps it from that. */
  async rejoin(key: RoomKey, passphrase?: string): Promise<void> {
    await this.#rejoin(this.get(key), entranceWith(passphrase));
  }

  async #rejoin(room: Room, entrance: Entrance): Promise<void> {
    if (room.status.state !== 'ended') return;
    if (room.own && !this.#hosted.has(room.key)) await this.#reopen(room, null);
    else await room.join(entrance);
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
    return searchRooms(rooms, query, below);
  }

  /** The room with its hub, for what only its host may do. Throws not-host. */
  hosted(key: RoomKey): HostedRoom {
    const hosted = this.#hosted.get(key);
    if (hosted) return hosted;
    throw new LanyardError({ code: 'not-host' });
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
    await Promise.allSettled(this.#opening);
    for (const room of this.#rooms.values()) room.suspend();
    await Promise.all(Array.from(this.#hosted.keys(), (key) => this.#close(key)));
  }

  async #reopen(room: Room, port: number | null): Promise<void> {
    const kept = this.#options.storage.room(room.id);
    if (!kept) throw new Error('a room of this device is kept as long as it is listed');
    const opening = HostedRoom.reopen(kept, port, this.#options);
    await room.whileOpening(this.#untilOpen(opening.then((hosted) => this.#enter(room, hosted))));
  }

  /** The end waits for what is being opened, to close it. */
  async #untilOpen<Result>(opening: Promise<Result>): Promise<Result> {
    this.#opening.add(opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(opening);
    }
  }

  async #enter(room: Room, hosted: HostedRoom): Promise<void> {
    this.#hosted.set(room.key, hosted);
    room.setHosting(hosted.info());
    hosted.onMoved = () => room.setHosting(hosted.info());
    hosted.onInvitations = hosted.onMoved;
    void hosted.gone.then((problem) => this.#lose(room, hosted, problem));
    await room.join();
  }

  /** Its hub has failed for good: it is closed, and the person can open it again. */
  async #lose(room: Room, hosted: HostedRoom, problem: LanyardError): Promise<void> {
    if (this.#hosted.get(room.key) !== hosted) return;
    this.#options.onProblem(problem);
    await this.#close(room.key);
    room.retryNow();
  }

  async #close(key: RoomKey): Promise<void> {
    const hosted = this.#hosted.get(key);
    if (!hosted) return;
    this.#hosted.delete(key);
    this.get(key).setHosting(null);
    await hosted.close();
  }

  async #join(destination: Destination, entrance: Entrance): Promise<RoomKey> {
    const { roomId, addresses } = destination;
    const known = roomId === null ? this.#reachedAt(addresses) : this.#withId(roomId);
    if (known && known.status.state !== 'ended') return known.key;
    if (known && (await this.#isStillThere(known, destination, entrance))) return known.key;
    const room = this.#make(this.#options.ownName(), destination);
    try {
      await room.join(entrance);
    } catch (error) {
      this.#warnOfOtherHost(room, destination);
      throw error;
    }
    const twin = this.#withId(room.id, room);
    if (!twin) {
      this.#list(room, addresses);
      return room.key;
    }
    room.suspend();
    this.#addresses.say(twin.key, addresses);
    await this.#rejoin(twin, entrance);
    return twin.key;
  }

  /** What was met here said it is a room that is known: that one shows both keys from now on. */
  #warnOfOtherHost({ doubted }: Room, { addresses }: Destination): void {
    const known = doubted && this.#withId(doubted.roomId);
    if (known?.status.state !== 'ended' || !doubted) return;
    this.#addresses.say(known.key, addresses);
    known.warnOfOtherHost(doubted.hostKey);
  }

  /** Joins a room again; false when another room seems to have its address now. */
  async #isStillThere(
    room: Room,
    { addresses }: Destination,
    entrance: Entrance,
  ): Promise<boolean> {
    try {
      this.#addresses.say(room.key, addresses);
      await this.#rejoin(room, entrance);
      return true;
    } catch (error) {
      if (error instanceof LanyardError && NOT_THIS_ROOM.has(error.code)) return false;
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

  #add(ownName: string, destination: Destination): Room {
    const room = this.#make(ownName, destination);
    this.#list(room, destination.addresses);
    return room;
  }

  /** A room that nobody sees yet. */
  #make(ownName: string, { roomId, label, own, addresses }: Destination): Room {
    const { emit, storage, identity, onProblem, onSaid } = this.#options;
    const targets = () =>
      this.#addresses.toTry(room).flatMap((address) => parseAddress(address) ?? []);
    const connect = (judgeHost: JudgeHost): Connect =>
      own
        ? (listener) => this.#connectOwn(room, listener)
        : connectAny(targets, identity, judgeHost, (target) =>
            this.#addresses.answered(room.key, placeOf(target)),
          );
    const room = new Room({
      ownName,
      identity,
      connect,
      storage,
      roomId,
      label,
      own,
      addresses: () => this.#addresses.toKeep(room),
      onProblem,
      onSaid,
      mayBe: (id) => this.#withId(id, room) === undefined,
      emit: (event) => {
        if (!this.#rooms.has(room.key)) return;
        emit(event);
        if (event.type === 'room-status' || event.type === 'room-info') this.#emitNearby();
      },
    });
    this.#addresses.say(room.key, addresses);
    return room;
  }

  #list(room: Room, addresses: readonly string[]): void {
    this.#rooms.set(room.key, room);
    this.#addresses.say(room.key, addresses);
    this.#options.emit({ type: 'room-added', room: room.view() });
    this.#emitNearby();
  }

  #connectOwn(room: Room, listener: Parameters<Connect>[0]): ReturnType<Connect> {
    const hosted = this.#hosted.get(room.key);
    return hosted ? hosted.connect(listener) : failedConnection(listener, 'hub-failed');
  }

  #remove(room: Room): void {
    if (!this.#rooms.delete(room.key)) return;
    this.#addresses.forget(room.key);
    this.#options.emit({ type: 'room-removed', key: room.key });
    this.#emitNearby();
  }

  #emitNearby(): void {
    this.#options.emit({ type: 'nearby', rooms: this.nearby() });
  }
}
