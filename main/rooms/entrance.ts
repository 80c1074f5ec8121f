/** How a person means to get into a room, for one attempt; kept nowhere once they are in. */
import { LanyardError } from '../errors.ts';
import { normalizePassphrase } from '../passphrase/normalize-passphrase.ts';
import type { MemberId } from '../model/member.ts';

export interface Entrance {
  /** In its normal form (K3). */
  readonly passphrase: string | null;
  /** The token of an invitation (K2). */
  readonly invite: string | null;
  /** The key the host must have, when a link says so (I3). */
  readonly hostKey: MemberId | null;
}

/** For an open room, and for a person who was in before. */
export const PLAIN_ENTRANCE: Entrance = { passphrase: null, invite: null, hostKey: null };

/** With the passphrase that was typed, if one was. Throws passphrase-empty, passphrase-too-long. */
export function entranceWith(typed: string | undefined): Entrance {
  return typed === undefined
    ? PLAIN_ENTRANCE
    : { ...PLAIN_ENTRANCE, passphrase: usablePassphrase(typed) };
}

/** Throws passphrase-empty, passphrase-too-long. */
export function usablePassphrase(typed: string): string {
  const normalized = normalizePassphrase(typed);
  if (normalized.ok) return normalized.passphrase;
  throw new LanyardError({ code: normalized.problem });
}
