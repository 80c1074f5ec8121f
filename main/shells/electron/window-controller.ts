/** The one window, whether it is open or not, and what is to be done in it. */
import type { BrowserWindow } from 'electron';
import type { WindowCommand } from '../../../preload/contract.ts';
import type { App } from '../../app.ts';
import { createOutsideBridge } from '../../bridge/outside.ts';
import { throwLater } from '../../errors.ts';
import { connectPage } from './page-connection.ts';
import type { PageConnection } from './page-connection.ts';
import { PAGE_URL } from './page-scheme.ts';
import { bringForward, createWindow } from './window.ts';

export interface WindowController {
  /** The window that is open now, if any. */
  readonly window: () => BrowserWindow | null;
  /** Brings the window forward; opens it when it was closed. */
  readonly show: () => void;
  /** Shows the window and passes the command on as soon as its page listens. */
  readonly command: (command: WindowCommand) => void;
}

function loadPage(window: BrowserWindow): void {
  window.loadURL(PAGE_URL).catch((error: unknown) => {
    process.stderr.write(`Lanyard could not load its page: ${String(error)}\n`);
  });
}

/**
 * `preload` is the built script. A page whose process ended, as when memory is short, is loaded
 * anew: the app goes on behind it.
 */
export function createWindowController(
  app: App,
  { dataDir, preload }: { readonly dataDir: string; readonly preload: string },
): WindowController {
  const outside = createOutsideBridge(app.bridge, () => app.log.event('calls-refused'));
  const waiting: WindowCommand[] = [];
  let window: BrowserWindow | null = null;
  let page: PageConnection | null = null;

  const passOn = (): void => {
    if (page?.isListening() !== true) return;
    for (const command of waiting.splice(0)) app.command(command);
  };

  const open = (): void => {
    const opened = createWindow(dataDir, preload);
    window = opened;
    page = connectPage(opened.webContents, outside, passOn);
    opened.once('closed', () => {
      window = null;
      page = null;
      // The page had no time left to say so itself, and messages have to be notified again.
      void app.bridge.call('attend', { visible: false, key: null });
    });
    loadPage(opened);
    opened.webContents.on('render-process-gone', (_, { reason }) => {
      if (reason === 'clean-exit') return;
      throwLater(new Error(`the page is gone: ${reason}`));
      loadPage(opened);
    });
  };

  const show = (): void => {
    if (window === null) open();
    else bringForward(window);
  };

  return {
    window: () => window,
    show,
    command(command) {
      waiting.push(command);
      show();
      passOn();
    },
  };
}
