const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The exit code of a program that was asked to end, as shells have it for Ctrl+C. */
export const INTERRUPTED = 130;

/** npm passes Ctrl+C on to a program that the terminal has interrupted already. */
const SAME_REQUEST_MS = 500;

/**
 * Resolves when the person or the system asks the program to end. A second request ends it at
 * once, should saying goodbye take too long.
 */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (askedAt === null) askedAt = performance.now();
        else if (performance.now() - askedAt > SAME_REQUEST_MS) process.exit(INTERRUPTED);
        resolve();
      });
    }
  });
}
