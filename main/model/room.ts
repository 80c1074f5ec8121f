/** A room, as the app speaks of it. */
import type { Access } from './accesses.ts';

/** This device's name for a room it hosts or has joined; made here, never sent to a hub. */
export type RoomKey = string;

/** What a room tells about itself (W2). */
export interface RoomInfo {
  /** The hash of the two that follow (X1). */
  readonly id: string;
  /** The key of the person who made the room. */
  readonly founder: string;
  readonly nonce: string;
  readonly name: string;
  readonly access: Access;
  /** True when nobody is let in who was not in before (M2). */
  readonly locked: boolean;
  /** How long members wait between two messages, in seconds; 0 for not at all (M2). */
  readonly slowSeconds: number;
  /** Minutes of silence after which people are removed, or null for never (P7). */
  readonly idleMinutes: number | null;
  /** Days after which entries are forgotten; null for never, 0 for at once (L9). */
  readonly remembersDays: number | null;
}

export type RoomVersion = 'same' | 'older' | 'newer';

/** A room that another device advertises on this network. */
export interface NearbyRoom {
  /** The room's id, as its welcome will say it. */
  readonly id: string;
  readonly name: string;
  /** Null for a closed room: it does not tell. */
  readonly members: number | null;
  /** A hint: the room itself decides. */
  readonly access: Access;
  readonly locked: boolean;
  /** How its protocol compares with this Lanyard's: only the same goes together (H2). */
  readonly version: RoomVersion;
  /** `host:port`, the likeliest first. */
  readonly addresses: readonly string[];
}

/** Counts of others' entries past the last one read. */
export interface Unread {
  readonly count: number;
  readonly mentions: number;
}
