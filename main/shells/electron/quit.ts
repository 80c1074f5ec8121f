/** Quitting: the goodbyes leave before the process does. */
import { app, BrowserWindow } from 'electron';

/** ms that goodbyes may take. A system that shuts down waits little longer than this itself. */
const GOODBYE_LIMIT = 4_000;

/** From now on the app quits only after `stop`, or after the limit. Returns whether it is quitting. */
export function stopBeforeQuitting(stop: () => Promise<void>): () => boolean {
  let state: 'running' | 'stopping' | 'stopped' = 'running';

  const finish = async (): Promise<void> => {
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GOODBYE_LIMIT);
    try {
      await Promise.race([stop(), tooLong]);
    } catch (error) {
      process.stderr.write(`Lanyard did not stop in order: ${String(error)}\n`);
    }
    clearTimeout(timer);
    state = 'stopped';
    app.quit();
  };

  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    void finish();
  });
  return () => state !== 'running';
}
