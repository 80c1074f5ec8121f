import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MemberId } from '../model/member.ts';

/**
 * The two ends of one connection, as one of them sees it: the ids come from the keys that were used
 * on it, never from a message. Ids have no line breaks.
 */
export interface Ends {
  readonly room: string;
  readonly client: MemberId;
  readonly hub: MemberId;
}

/**
 * Proof that `side` knows OPAQUE's session key and sees these ends: HMAC-SHA256, base64url (K3). A
 * relay between two honest sides has another key, so it shows each of them other ends, and what it
 * gets from one is worth nothing to the other.
 */
export function proofOf(side: 'client' | 'hub', sessionKey: string, ends: Ends): string {
  return createHmac('sha256', Buffer.from(sessionKey, 'base64url'))
    .update(`lanyard passphrase ${side} 1\n${ends.room}\n${ends.client}\n${ends.hub}`)
    .digest('base64url');
}

/** Whether two proofs are the same, in a time that does not tell where they differ. */
export function isSameProof(claimed: string, expected: string): boolean {
  const [a, b] = [Buffer.from(claimed), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
