/** A room this device hosts: its server and its advertisement. */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Access } from '../model/accesses.ts';
import type { HostedInfo, Invite, InviteLifetime } from '../model/hosting.ts';
import type { Advertisement, Discovery } from '../discovery/discovery.ts';
import { LanyardError } from '../errors.ts';
import { invitation } from '../events/invitation.ts';
import { roomIdOf } from '../events/room-id.ts';
import { invitationState } from '../hub/door.ts';
import type { InvitationSummary } from '../hub/door.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { sha256 } from '../identity/sha256.ts';
import { registerPassphrase } from '../passphrase/passphrase-record.ts';
import { inviteHashOf } from '../server/caller-doorkeeper.ts';
import { isAboutPort } from '../server/listen.ts';
import { startLastingHub } from '../server/lasting-hub.ts';
import { startRoomServer } from '../server/room-server.ts';
import type { RoomServer, Transport } from '../server/room-server.ts';
import { hostedRecord } from '../storage/room-record.ts';
import type { RoomStorage, Storage } from '../storage/storage.ts';
import { formatHostPort, roomLink } from '../transport/address.ts';
import type { Connect } from '../replica/link.ts';
import { firstDeeds, foundingActs, foundingOf } from './found-room.ts';
import { ownAddresses } from './own-addresses.ts';

export interface HostingOptions {
  readonly storage: Storage;
  readonly identity: DeviceIdentity;
  /** Whether rooms of this device are reached with TLS (I5). */
  readonly transport: Transport;
  /** The address to listen at; null for the usual ones. */
  readonly listenAt: string | null;
  readonly trustedProxies: readonly string[];
  readonly discovery: Discovery;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

/** A room to be opened. */
export interface NewRoom {
  /** In its normal form. */
  readonly name: string;
  /** Null for the usual or next free one. */
  readonly port: number | null;
  readonly access: Access;
  readonly passphrase: string | null;
}

/** Null where a room that listens there is reached at every address of this device. */
function onlyAddress(listenAt: string | null): string | null {
  return listenAt === '0.0.0.0' || listenAt === '::' ? null : listenAt;
}

/** The same for what is announced, where a name of this device may stand for any of its addresses. */
function announcedAt(listenAt: string | null): string | null {
  if (listenAt === 'localhost') return '127.0.0.1';
  return listenAt === null || isIP(listenAt) === 0 ? null : onlyAddress(listenAt);
}

const LIFETIMES_MS: Readonly<Record<InviteLifetime, number | null>> = {
  'five-minutes': 5 * 60_000,
  day: 24 * 60 * 60_000,
  'until-revoked': null,
};

export class HostedRoom {
  readonly id: string;
  /** Resolves, with what the person should know, when its hub has failed for good. */
  readonly gone: Promise<LanyardError>;
  /** Hears when it is reached at another port. */
  onMoved: () => void = () => undefined;
  /** Hears when an invitation was made, used or revoked. */
  onInvitations: () => void = () => undefined;
  readonly #server: RoomServer;
  /** Null for a room that only a proxy leads to. */
  #advertisement: Advertisement | null;
  readonly #kept: RoomStorage;
  readonly #options: HostingOptions;
  #news = Promise.withResolvers<void>();
  #invitationsTold = '';

  /**
   * Opens a new room under a normalised name, on `port` or, when it is null, the usual or next
   * free one; `passphrase` in its normal form. Rejects with port-in-use, port-not-allowed,
   * address-not-here, storage-*.
   */
  static async create(
    { name, port, access, passphrase }: NewRoom,
    ownName: string,
    options: HostingOptions,
  ): Promise<HostedRoom> {
    const nonce = randomBytes(16).toString('base64url');
    const founder = options.identity.id;
    const room = { id: roomIdOf(founder, nonce, sha256), founder, nonce, name };
    const record = passphrase === null ? null : await registerPassphrase(passphrase);
    const acts = foundingActs(
      room.id,
      { identity: options.identity, name: ownName },
      firstDeeds(name, access, record),
    );
    const kept = options.storage.add(hostedRecord(room, ownName));
    try {
      foundingOf(kept, options.identity).enter(acts);
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
    options: HostingOptions,
  ): Promise<HostedRoom> {
    const { storage, identity, transport, onProblem } = options;
    const { listenAt, trustedProxies } = options;
    const { id, founder, nonce } = kept.record;
    const room = { id, founder, nonce };
    const gone = Promise.withResolvers<LanyardError>();
    let hosted: HostedRoom | null = null;
    const onChange = () => {
      if (hosted) hosted.#changed();
    };
    const onMoved = () => {
      if (hosted) hosted.#moved();
    };
    const common = { room, transport, listenAt, port, trustedProxies };
    const { certificate, privateKey } = identity;
    const { dataDir } = storage;
    // What is kept in memory alone only this thread can reach.
    const server: RoomServer =
      dataDir === null
        ? await startRoomServer({
            ...common,
            identity,
            store: kept.hub,
            onMemberCount: onChange,
            onRoom: onChange,
            onProblem,
          })
        : await startLastingHub(
            { ...common, certificate, privateKey, dataDir },
            { onChange, onProblem, onMoved, onGone: gone.resolve },
          );
    try {
      kept.change({ port: server.port, active: true });
    } catch (error) {
      await server.stop();
      throw error;
    }
    hosted = new HostedRoom(kept, server, gone.promise, options);
    return hosted;
  }

  private constructor(
    kept: RoomStorage,
    server: RoomServer,
    gone: Promise<LanyardError>,
    options: HostingOptions,
  ) {
    this.gone = gone;
    this.id = kept.record.id;
    this.#options = options;
    this.#kept = kept;
    this.#server = server;
    this.#advertisement = this.#advertise();
  }

  #advertise(): Advertisement | null {
    const { transport, discovery, listenAt } = this.#options;
    if (transport !== 'tls') return null;
    const { id, name } = this.#kept.record;
    const { port } = this.#server;
    return discovery.advertise({
      id,
      name,
      port,
      at: announcedAt(listenAt),
      ...toldByMdns(this.#server),
    });
  }

  #changed(): void {
    this.#advertisement?.update(toldByMdns(this.#server));
    const told = JSON.stringify(this.#server.invitations);
    if (told !== this.#invitationsTold) this.onInvitations();
    this.#invitationsTold = told;
    this.#news.resolve();
    this.#news = Promise.withResolvers<void>();
  }

  /** Resolves once the hub has told of an invitation what is looked for. Rejects when the hub is gone. */
  async untilInvitation(isTold: (invitations: readonly Invite[]) => boolean): Promise<void> {
    while (!isTold(this.invitations())) {
      const problem = await Promise.race([this.#news.promise, this.gone]);
      if (problem) throw problem;
    }
  }

  #moved(): void {
    void this.#advertisement?.stop();
    this.#advertisement = this.#advertise();
    this.onMoved();
    try {
      this.#kept.change({ port: this.#server.port });
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      this.#options.onProblem(error);
    }
  }

  get connect(): Connect {
    return this.#server.connectHost;
  }

  /** What to pass on so that others find it; changes with the device's addresses. */
  info(): HostedInfo {
    const encrypted = this.#options.transport === 'tls';
    const addresses = this.#addresses();
    const link = encrypted ? this.#link(null) : `ws://${addresses[0]}/`;
    return { port: this.#server.port, addresses, link, encrypted };
  }

  #addresses(): readonly string[] {
    const { transport, listenAt } = this.#options;
    const only = onlyAddress(listenAt);
    const usual = transport === 'plain' && listenAt === null ? ['127.0.0.1'] : ownAddresses();
    const hosts = only === null ? usual : [only];
    return hosts.map((host) => formatHostPort(host, this.#server.port));
  }

  #link(invite: string | null): string {
    const [address = `127.0.0.1:${this.#server.port}`] = this.#addresses();
    return roomLink(address, this.id, this.#options.identity.id, invite);
  }

  /** What makes an invitation, and its link, which is told here and never again (K2). */
  newInvitation(
    lifetime: InviteLifetime,
    maxUses: number | null,
  ): {
    readonly kind: string;
    readonly content: object;
    readonly expiresAt: number | null;
    readonly link: string;
  } {
    const token = randomBytes(24).toString('base64url');
    const lifetimeMs = LIFETIMES_MS[lifetime];
    const expiresAt = lifetimeMs === null ? null : Date.now() + lifetimeMs;
    const content = { hash: inviteHashOf(token), expiresAt, maxUses };
    return { kind: invitation.name, content, expiresAt, link: this.#link(token) };
  }

  /** The latest first. */
  invitations(): readonly Invite[] {
    return this.#server.invitations.map(inviteView).toReversed();
  }

  /** Says goodbye to everybody in it and on the network. */
  async close(): Promise<void> {
    await Promise.all([this.#advertisement?.stop(), this.#server.stop()]);
  }
}

/** A closed room does not tell strangers how many are in it (K1). */
function toldByMdns({ room: { access, locked }, memberCount }: RoomServer) {
  return { members: access === 'open' ? memberCount : null, access, locked };
}

/** An invitation as its host sees it now. */
function inviteView(summary: InvitationSummary): Invite {
  const { id, createdAt, expiresAt, uses, maxUses } = summary;
  const state = invitationState(summary, Date.now());
  return { id, createdAt, expiresAt, uses, maxUses, state };
}
