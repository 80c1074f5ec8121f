/**
 * Protects a secret so that only this person on this computer can read it again: the system's key
 * store, where the shell has one. Both may throw when the store does not answer.
 */
export interface KeyWrap {
  wrap(secret: string): Uint8Array;
  /** Throws when this was not wrapped here, or was altered. */
  unwrap(wrapped: Uint8Array): string;
}
