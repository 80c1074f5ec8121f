import type { Clock } from '../model/clock.ts';

/** This machine's time. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  soon: (action) => void setImmediate(action),
  after(ms, action) {
    const timeout = setTimeout(action, ms);
    return { cancel: () => clearTimeout(timeout) };
  },
};
