/** What a hub keeps besides its log: who gets in, and what it knows of those who did. */
import type { Access, MemberId } from '../protocol/messages.ts';

/** An invitation as the hub knows it: never its token (K2). Times in ms since 1970. */
export interface KeptInvite {
  readonly id: string;
  /** Base64url of the token's SHA-256. */
  readonly hash: string;
  readonly createdAt: number;
  /** Null for one that lasts until it is revoked. */
  readonly expiresAt: number | null;
  /** How many keys it let in. */
  readonly uses: number;
  /** Null for any number. */
  readonly maxUses: number | null;
  readonly revoked: boolean;
}

/** How a room is guarded. */
export interface Rules {
  readonly access: Access;
  readonly locked: boolean;
  readonly slowSeconds: number;
  /** The oldest first. */
  readonly invites: readonly KeptInvite[];
}

export const OPEN_RULES: Rules = { access: 'open', locked: false, slowSeconds: 0, invites: [] };

/** What a hub knows of somebody who was in the room, or is banned from it. */
export interface KnownMember {
  readonly id: MemberId;
  /** What they were called last; nobody else gets this name (N4). */
  readonly name: string;
  /** True when they may come in again whatever the room's access (K1). */
  readonly admitted: boolean;
  readonly moderator: boolean;
  readonly muted: boolean;
  /** Who banned them and when, in ms since 1970 on the hub's clock. */
  readonly ban: { readonly by: string; readonly at: number } | null;
}

/** Somebody who comes in for the first time. */
export function newcomer(id: MemberId, name: string): KnownMember {
  return { id, name, admitted: true, moderator: false, muted: false, ban: null };
}
