import type { Log } from './log.ts';

/** From now on every error that nobody catches is logged. What becomes of the process stays as it is. */
export function logCrashes(log: Log): void {
  process.on('uncaughtExceptionMonitor', (error) => log.crash(error));
  // Node makes exceptions of these. Electron only warns, and not even that once somebody listens.
  if (process.versions['electron'] === undefined) return;
  process.on('unhandledRejection', (reason) => {
    log.crash(reason);
    process.emitWarning(reason instanceof Error ? reason : String(reason));
  });
}
