/** `lanyard://` links: this program opens them, and finds the one it was started with. */
import { app } from 'electron';

const SCHEME = 'lanyard:';
/** Longer than any link made here, short enough to show to a person. */
const LONGEST = 2_000;

/**
 * Tells the system that this program opens the links. On Linux the package's desktop entry does, and
 * goes with the package; Electron would write it into the person's own settings, where it stays.
 */
export function registerLinks(): void {
  if (process.platform === 'linux') return;
  if (app.isPackaged) app.setAsDefaultProtocolClient('lanyard');
  // From a folder, only Windows can be told to start Electron together with that folder.
  else if (process.platform === 'win32') {
    app.setAsDefaultProtocolClient('lanyard', process.execPath, [app.getAppPath()]);
  }
}

/** The first of these command line arguments that is a link. */
export function findLink(args: readonly string[]): string | null {
  return args.find(isLink) ?? null;
}

/** Whether a text is a link worth asking the person about; it is parsed when it is joined. */
export function isLink(text: string): boolean {
  return text.length <= LONGEST && URL.parse(text)?.protocol === SCHEME;
}
