/** A room this device hosts: its server and its advertisement. */
import { randomBytes } from 'node:crypto';
import type { HostedInfo } from '../../preload/contract.ts';
import type { Advertisement, Discovery } from '../discovery/discovery.ts';
import { startRoomServer } from '../server/room-server.ts';
import type { RoomServer } from '../server/room-server.ts';
import { MemoryLog } from '../storage/memory-log.ts';
import { formatHostPort, roomLink } from '../transport/address.ts';
import type { Connect } from '../transport/connection.ts';
import { ownAddresses } from './own-addresses.ts';

export interface HostedRoomOptions {
  /** Normalised. */
  readonly name: string;
  /** Null for the usual port or the next free one. */
  readonly port: number | null;
  readonly trustedProxies: readonly string[];
  readonly discovery: Discovery;
}

export class HostedRoom {
  readonly id: string;
  readonly #server: RoomServer;
  readonly #advertisement: Advertisement;

  /** Rejects with port-in-use, port-not-allowed. */
  static async open(options: HostedRoomOptions): Promise<HostedRoom> {
    const id = randomBytes(12).toString('base64url');
    const { name, port, trustedProxies, discovery } = options;
    let advertisement: Advertisement | null = null;
    const server = await startRoomServer({
      room: { id, name, locked: false, idleMinutes: null },
      log: new MemoryLog(randomBytes(6).toString('base64url')),
      port,
      trustedProxies,
      onMemberCount: (members) => advertisement?.update({ members }),
    });
    advertisement = discovery.advertise({
      id,
      name,
      port: server.port,
      members: server.memberCount,
      locked: false,
    });
    return new HostedRoom(id, server, advertisement);
  }

  private constructor(id: string, server: RoomServer, advertisement: Advertisement) {
    this.id = id;
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

  setIdleMinutes(minutes: number | null): void {
    this.#server.setIdleMinutes(minutes);
  }

  /** Says goodbye to everybody in it and on the network. */
  async close(): Promise<void> {
    await Promise.all([this.#advertisement.stop(), this.#server.stop()]);
  }
}
