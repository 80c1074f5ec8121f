/**
 * Preloaded into a program, this lets a test make its clock jump: every line typed to the program
 * is a number of minutes to jump ahead.
 */
import { createInterface } from 'node:readline';

const realNow = Date.now;
let ahead = 0;
Date.now = () => realNow() + ahead;

createInterface({ input: process.stdin }).on('line', (minutes) => {
  ahead += Number(minutes) * 60_000;
});
process.stdin.unref();
