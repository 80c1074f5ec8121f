/**
 * Loaded into a Lanyard with `--import`: where a test says so (`bring-misfortune.ts`), its app or the
 * thread of its hub meets errors that nobody catches.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { Misfortune } from './bring-misfortune.ts';

const file = `${process.env['MISFORTUNE']}.${isMainThread ? 'app' : 'hub'}`;
/** True once the program watches for crashes itself. */
const isWatched = () => !isMainThread || process.listenerCount('uncaughtException') > 0;

setInterval(() => {
  if (!isWatched() || !existsSync(file)) return;
  const { kind, times }: Misfortune = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  for (let time = 0; time < times; time += 1) {
    setTimeout(() => {
      const error = new RangeError('a secret');
      if (kind === 'throw') throw error;
      void Promise.reject(error);
    });
  }
}, 1).unref();
