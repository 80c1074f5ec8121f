/**
 * Preloaded into a program, this lets a test make its clock run fast: every line typed to the
 * program is a number of minutes that pass within seconds. It does not jump, for a clock that was
 * set makes nobody silent.
 */
import { onTypedMinutes } from './typed-minutes.ts';

/** How much faster the clock runs while there are minutes to be made up for. */
const SPEED = 50;

const realNow = Date.now;
/** How far the clock is ahead of the real one, and how far it is to come, in ms. */
let ahead = 0;
let goal = 0;
let lookedAt = realNow();

Date.now = () => {
  const now = realNow();
  ahead = Math.min(goal, ahead + (now - lookedAt) * SPEED);
  lookedAt = now;
  return now + ahead;
};

onTypedMinutes((minutes) => {
  Date.now();
  goal += minutes * 60_000;
});
