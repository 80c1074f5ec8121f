import { randomBytes } from 'node:crypto';

/**
 * An id for what becomes an entry (S2): nobody can guess it, and ids follow time, so that a room's
 * index of them grows at its end instead of everywhere. `now` is ms since 1970.
 */
export function entryId(now: number): string {
  return `${now.toString(36)}-${randomBytes(12).toString('base64url')}`;
}
