const FIRST_MS = 500;
const MAX_MS = 30_000;

/**
 * How long to wait before trying again, in ms: exponential with full jitter, so that a whole
 * room does not come back in the same instant. `failures` counts from 1, `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(FIRST_MS / 5 + random * ceiling);
}
