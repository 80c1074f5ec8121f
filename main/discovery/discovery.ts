/** What the rest of the app knows of discovery; `mdns-discovery.ts` implements it. */

import type { Access } from '../model/accesses.ts';

/** A room as it is announced to the network. */
export interface Advert {
  readonly id: string;
  readonly name: string;
  readonly port: number;
  /** The only address it is reached at; null when it is reached at every one of this device. */
  readonly at: string | null;
  /** Null for a closed room: it does not tell. */
  readonly members: number | null;
  readonly access: Access;
  readonly locked: boolean;
}

/** A room announced now. */
export interface Advertisement {
  /** Announces changed facts; calls close together become one announcement. */
  update(change: Partial<Pick<Advert, 'name' | 'members' | 'access' | 'locked'>>): void;
  /** Says goodbye; resolves when the goodbye has left. Harmless when called twice. */
  stop(): Promise<void>;
}

/** A room found on the network; nothing of it is proven. */
export interface FoundRoom {
  readonly id: string;
  readonly name: string;
  /** Null when it does not tell. */
  readonly members: number | null;
  readonly access: Access;
  readonly locked: boolean;
  /** The major protocol version it speaks. */
  readonly version: number;
  /** `host:port`, IPv6 in brackets, the likeliest first. */
  readonly addresses: readonly string[];
}

export interface Discovery {
  advertise(advert: Advert): Advertisement;
  /** Calls back with the whole list at every change, sorted by name; starts with what is known. */
  browse(listener: (rooms: readonly FoundRoom[]) => void): { stop(): void };
  /** Ends everything that is still announced or browsed and closes every socket. */
  stop(): Promise<void>;
}
