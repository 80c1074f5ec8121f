/** Lanyard as a page in the person's own browser. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { App } from '../../app.ts';
import { createOutsideBridge } from '../../bridge/outside.ts';
import { openInBrowser } from './open-in-browser.ts';
import { startPageServer } from './page-server.ts';
import type { PageServer } from './page-server.ts';

export interface BrowserShellOptions {
  /** The loopback port of the page; null for any free one. */
  readonly port: number | null;
  /** Whether to open the page, rather than only print where it is. */
  readonly open: boolean;
  readonly print: (line: string) => void;
}

/** The built page, beside the bundle of the main process. */
const PAGE_ROOT = fileURLToPath(new URL('../renderer', import.meta.url));

/** Serves the page and opens it. Rejects with port-in-use. */
export async function startBrowserShell(
  app: App,
  options: BrowserShellOptions,
): Promise<PageServer> {
  const server = await startPageServer({
    bridge: createOutsideBridge(app.bridge, () => app.log.event('calls-refused')),
    root: PAGE_ROOT,
    port: options.port,
    token: randomBytes(24).toString('base64url'),
  });
  app.servesAt(server.url);
  const opened = options.open && (await openInBrowser(server.url));
  options.print(`Lanyard is ${opened ? 'open' : 'ready'} at ${server.url}`);
  options.print('Press Ctrl+C to quit.');
  return server;
}

/** Shows the page of a Lanyard that has the folder already. */
export async function showFirstPage(
  page: string,
  { open, print }: Pick<BrowserShellOptions, 'open' | 'print'>,
): Promise<void> {
  if (open) await openInBrowser(page);
  print(`Lanyard is open already at ${page}`);
}
