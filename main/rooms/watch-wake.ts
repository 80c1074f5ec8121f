import { lookRegularly } from '../slow-clock.ts';

/** Nobody looked for this long, in ms: the machine was asleep, or its clock was set. */
const ASLEEP_MS = 10_000;

/** Calls back after the machine has slept; the system itself tells only some programs. */
export function watchWake(woke: () => void): { stop(): void } {
  let lookedAt = Date.now();
  return lookRegularly(() => {
    const now = Date.now();
    const slept = now - lookedAt > ASLEEP_MS;
    lookedAt = now;
    if (slept) woke();
  });
}
