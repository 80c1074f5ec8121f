/**
 * Preloaded into a program, this lets a test make its clock run fast: every line typed to the
 * program is a number of minutes that pass within seconds. It does not jump, for a clock that was
 * set makes nobody silent.
 */
import { onTypedMinutes } from './typed-minutes.ts';

/** What repeats does so this many times as often: the hub looks at its clock every half second. */
const HASTE = 10;

/**
 * How often the clock is put ahead, and by how much, in ms. Between two looks of the hub that must stay
 * below the minute that counts as a jump. A timer keeps it so on a busy computer as well: what was held
 * up is not made up for.
 */
const EVERY_MS = 1_000;
const STEP_MS = 5_000;

const realNow = Date.now;
/** How far the clock is ahead of the real one, and how far it is to come, in ms. */
let ahead = 0;
let goal = 0;

Date.now = () => realNow() + ahead;

const realInterval = globalThis.setInterval;
globalThis.setInterval = new Proxy(realInterval, {
  apply: (repeat, self, [callback, ms, ...rest]: Parameters<typeof realInterval>) =>
    Reflect.apply(repeat, self, [callback, (ms ?? 0) / HASTE, ...rest]),
});

setInterval(() => {
  ahead = Math.min(goal, ahead + STEP_MS);
}, EVERY_MS).unref();

onTypedMinutes((minutes) => {
  goal += minutes * 60_000;
});
