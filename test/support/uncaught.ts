import { setImmediate as turn } from 'node:timers/promises';

/** What nobody caught in this process while this was done, instead of a failed test. */
export async function uncaughtDuring(act: () => void | Promise<void>): Promise<readonly unknown[]> {
  const others = process.listeners('uncaughtException');
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  try {
    await act();
    await turn();
  } finally {
    process.off('uncaughtException', note);
    for (const other of others) process.on('uncaughtException', other);
  }
  return uncaught;
}
