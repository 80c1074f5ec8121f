/** OPAQUE (RFC 9807) as this protocol uses it: what both sides must do alike (K3). */
import type * as Opaque from '@serenity-kit/opaque';

/**
 * What one guess costs: Argon2id with 19 MiB and two passes, about 50 ms on a laptop and well under
 * 300 ms on a slow one. The registration record depends on it, so it is part of the protocol (K3).
 */
export const KEY_STRETCHING = {
  'argon2id-custom': { memory: 19_456, iterations: 2, parallelism: 1 },
} as const;

/** A room has one passphrase for everybody: OPAQUE's user is always the same (K3). */
export const USER_IDENTIFIER = 'room';

/** OPAQUE, ready to use. 430 KB of WebAssembly, so only who has to do with a passphrase loads it. */
export async function loadOpaque(): Promise<typeof Opaque> {
  const opaque = await import('@serenity-kit/opaque');
  await opaque.ready;
  return opaque;
}

/**
 * What `step` gives, or null when it throws. OPAQUE throws on whatever it cannot read or does not
 * fit, and all of that comes from the other side: to us it is one answer, no.
 */
export function stepOrNull<T>(step: () => T): T | null {
  try {
    return step();
  } catch {
    return null;
  }
}
