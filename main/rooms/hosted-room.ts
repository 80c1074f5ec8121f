/** A room this device hosts: its server and its advertisement. */
import { randomBytes } from 'node:crypto';
import type { HostedInfo } from '../../preload/contract.ts';
import type { Advertisement, Discovery } from '../discovery/discovery.ts';
import { LanyardError } from '../errors.ts';
import { startRoomServer } from '../server/room-server.ts';
import type { RoomServer } from '../server/room-server.ts';
import { hostedRecord } from '../storage/room-record.ts';
import type { RoomStorage, Storage } from '../storage/storage.ts';
import { formatHostPort, roomLink } from '../transport/address.ts';
import type { Connect } from '../transport/connection.ts';
import { ownAddresses } from './own-addresses.ts';

export interface HostingOptions {
  readonly storage: Storage;
  readonly trustedProxies: readonly string[];
  readonly discovery: Discovery;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

export class HostedRoom {
  readonly id: string;
  readonly #server: RoomServer;
  readonly #advertisement: Advertisement;
  readonly #kept: RoomStorage;

  /**
   * Opens a new room under a normalised name, on `port` or, when it is null, the usual or next
   * free one. Rejects with port-in-use, port-not-allowed, storage-*.
   */
  static async create(
    name: string,
    port: number | null,
    ownName: string,
    options: HostingOptions,
  ): Promise<HostedRoom> {
    const room = { id: freshId(), name, locked: false, idleMinutes: null, remembersDays: null };
    const kept = options.storage.add(hostedRecord(room, ownName), freshId(), 0);
    try {
      return await HostedRoom.#serve(kept, port, options);
    } catch (error) {
      options.storage.forget(room.id);
      throw error;
    }
  }

  /**
   * Opens a room again: the same log and id, on `port` or, when it is null, on the same port as
   * before or the next free one. Rejects with port-in-use, port-not-allowed, storage-*.
   */
  static async reopen(
    kept: RoomStorage,
    port: number | null,
    options: HostingOptions,
  ): Promise<HostedRoom> {
    if (port !== null) return HostedRoom.#serve(kept, port, options);
    try {
      return await HostedRoom.#serve(kept, kept.record.port, options);
    } catch (error) {
      if (!isAboutPort(error)) throw error;
      return HostedRoom.#serve(kept, null, options);
    }
  }

  static async #serve(
    kept: RoomStorage,
    port: number | null,
    { trustedProxies, discovery, onProblem }: HostingOptions,
  ): Promise<HostedRoom> {
    const { id, name, idleMinutes, remembersDays } = kept.record;
    let advertisement: Advertisement | null = null;
    const server = await startRoomServer({
      room: { id, name, locked: false, idleMinutes, remembersDays },
      log: kept.entries,
      port,
      trustedProxies,
      onMemberCount: (members) => advertisement?.update({ members }),
      onProblem,
    });
    try {
      kept.change({ port: server.port, active: true });
    } catch (error) {
      await server.stop();
      throw error;
    }
    const members = server.memberCount;
    advertisement = discovery.advertise({ id, name, port: server.port, members, locked: false });
    return new HostedRoom(kept, server, advertisement);
  }

  private constructor(kept: RoomStorage, server: RoomServer, advertisement: Advertisement) {
    this.id = kept.record.id;
    this.#kept = kept;
    this.#server = server;
    this.#advertisement = advertisement;
  }

  get connect(): Connect {
    return this.#server.connectHost;
  }

  /** What to pass on so that others find it; changes with the device's addresses. */
  info(): HostedInfo {
    const { port } = this.#server;
    const addresses = ownAddresses().map((address) => formatHostPort(address, port));
    return { port, addresses, link: roomLink(addresses[0] ?? `127.0.0.1:${port}`, this.id) };
  }

  setIdleMinutes(idleMinutes: number | null): void {
    this.#kept.change({ idleMinutes });
    this.#server.setIdleMinutes(idleMinutes);
  }

  /** Throws storage-*. */
  setRemembers(remembersDays: number | null): void {
    this.#kept.change({ remembersDays });
    this.#server.setRemembers(remembersDays);
  }

  /** Throws storage-*. */
  clearHistory(): void {
    this.#server.clearHistory();
  }

  /** Says goodbye to everybody in it and on the network. */
  async close(): Promise<void> {
    await Promise.all([this.#advertisement.stop(), this.#server.stop()]);
  }
}

function isAboutPort(error: unknown): boolean {
  return error instanceof LanyardError && error.code.startsWith('port-');
}

/** 96 bits nobody can guess. */
function freshId(): string {
  return randomBytes(12).toString('base64url');
}
