/**
 * Preloaded into a program, this lets a test make its clock jump: every line typed to the program
 * is a number of minutes to jump ahead.
 */
import { onTypedMinutes } from './typed-minutes.ts';

const realNow = Date.now;
let ahead = 0;
Date.now = () => realNow() + ahead;

onTypedMinutes((minutes) => {
  ahead += minutes * 60_000;
});
