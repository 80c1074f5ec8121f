/** Connects to a room's host: what is shown on the way in, and which key counts as the host's. */
import type { MemberId } from '../model/member.ts';
import type { Connect, JudgeHost } from '../replica/link.ts';
import { withInvite } from '../transport/invite-connection.ts';
import { withPassphrase } from '../transport/passphrase-connection.ts';
import { PLAIN_ENTRANCE } from './entrance.ts';
import type { Entrance } from './entrance.ts';
import { HostTrust } from './host-trust.ts';

export interface HostConnectorOptions {
  /** This device's own key. */
  readonly you: MemberId;
  /** True for a room of this device: this device is its host. */
  readonly own: boolean;
  /** The host's key as remembered; null when it was never met. */
  readonly hostKey: MemberId | null;
  /** The host's key as remembered for the room with this id. */
  readonly hostKeyOf: (roomId: string) => MemberId | null;
  /** Connects to a device that may be the host. */
  readonly connect: (judgeHost: JudgeHost) => Connect;
  /** Hears of both keys: the host's, and another that answered in its stead. */
  readonly onKeys: (hostKey: MemberId | null, otherHostKey: MemberId | null) => void;
}

/** A device that said it is the host of a room, with another key than its host's. */
export interface DoubtedHost {
  readonly roomId: string;
  readonly hostKey: MemberId;
}

export class HostConnector {
  readonly #options: HostConnectorOptions;
  readonly #trust: HostTrust;
  #entrance = PLAIN_ENTRANCE;
  #doubted: DoubtedHost | null = null;

  constructor(options: HostConnectorOptions) {
    this.#options = options;
    this.#trust = new HostTrust(options.hostKey);
  }

  /** The key of the device that runs it: this one's, or the one remembered. */
  get hostKey(): MemberId | null {
    return this.#options.own ? this.#options.you : this.#trust.known;
  }

  /** The key that answered in the host's stead, null while none did. */
  get otherHostKey(): MemberId | null {
    return this.#trust.other;
  }

  /** What is shown from now on, until the room lets this device in. */
  prepare(entrance: Entrance): void {
    this.#entrance = entrance;
  }

  /** A connection that shows it. */
  readonly connect: Connect = (listener) => {
    const { connect, you } = this.#options;
    const { passphrase, invite, hostKey: expected } = this.#entrance;
    const plain = connect((hostKey) => this.#trust.judge(hostKey, expected));
    const invited = invite === null ? plain : withInvite(plain, invite);
    if (passphrase === null) return invited(listener);
    const proof = { passphrase, you, hostKey: () => this.#trust.presented };
    return withPassphrase(invited, proof)(listener);
  };

  /**
   * Whether the host of the room with this id, in whose log that device writes, may have the key that
   * answered; null when it may.
   */
  doubt(roomId: string, writer: MemberId): 'host-key-changed' | 'log-forged' | null {
    const { own, hostKeyOf } = this.#options;
    const doubt = own ? null : this.#trust.recall(hostKeyOf(roomId));
    const { other } = this.#trust;
    this.#doubted = doubt === null || other === null ? null : { roomId, hostKey: other };
    if (doubt !== null || own) return doubt;
    // The founder's signatures can be shown by anybody who was in the room once.
    const { presented } = this.#trust;
    return presented === null || presented === writer ? null : 'log-forged';
  }

  /** The device that said it is a room whose host has another key; null while none did. */
  get doubted(): DoubtedHost | null {
    return this.#doubted;
  }

  /** Another key than the host's answered somewhere in its stead. */
  met(hostKey: MemberId): void {
    this.#trust.met(hostKey);
    this.tell();
  }

  /** The room let this device in: the key that answered is its host's. */
  entered(): void {
    this.#entrance = PLAIN_ENTRANCE;
    this.#trust.remember();
    this.tell();
  }

  /** Tells both keys. */
  tell(): void {
    this.#options.onKeys(this.hostKey, this.otherHostKey);
  }
}
