/**
 * Errors that nobody caught. One while the app starts ends the program: what is half made is of no
 * use. After that it is logged, told and survived, because what matters stays sound: rooms are hosted
 * in threads of their own (one kept in memory alone has nothing to lose but itself), what is kept is
 * written in transactions, and who listens to events or carries out a session's effects fails alone.
 * Many within a minute are a state that nobody knows: then the program says its goodbyes and ends.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from './app.ts';
import { LanyardError } from './errors.ts';
import { crashLine } from './log/crash-line.ts';

/** So many are survived within so many ms. */
const CRASHES_MAX = 10;
const WITHIN_MS = 60_000;

/** How long goodbyes may take before the program ends without, in ms. */
const STOP_MS = 4_000;

/** What an app has to do with crashes. */
export type CrashingApp = Pick<App, 'crashed' | 'stop'>;

export interface CrashWatch {
  /** The app has started: from now on what nobody caught is survived. */
  survive(app: CrashingApp): void;
}

/** Watches this process for as long as it lives. `sayLast` tells why it ends, with exit code 1. */
export function watchCrashes(sayLast: (problem: LanyardError) => void): CrashWatch {
  let app: CrashingApp | null = null;
  let isEnding = false;
  let times: readonly number[] = [];

  const end = (problem: LanyardError): never => {
    sayLast(problem);
    process.exit(1);
  };
  const endInOrder = async (running: CrashingApp): Promise<void> => {
    isEnding = true;
    await Promise.race([running.stop().catch(() => undefined), delay(STOP_MS)]);
    end(TOO_MANY);
  };
  const onCrash = (error: unknown): void => {
    if (app === null) return end(endingError(error));
    app.crashed(error);
    const now = performance.now();
    times = [...times.filter((at) => now - at < WITHIN_MS), now];
    if (times.length > CRASHES_MAX && !isEnding) void endInOrder(app);
  };
  process.on('uncaughtException', onCrash);
  // Node would make exceptions of these; Electron would do nothing.
  process.on('unhandledRejection', onCrash);
  return {
    survive(started) {
      app = started;
    },
  };
}

const TOO_MANY = new LanyardError({ code: 'too-many-errors' });

/**
 * Why the program ends, as a person is told: of an error that nobody expected its kind and its place,
 * of one of the system what it says, for that names a file or a port.
 */
export function endingError(error: unknown): LanyardError {
  if (error instanceof LanyardError) return error;
  const isSystem = error instanceof Error && 'syscall' in error;
  const what = isSystem ? error.message : crashLine(error);
  return new LanyardError({ code: 'cannot-go-on', details: { what } });
}
