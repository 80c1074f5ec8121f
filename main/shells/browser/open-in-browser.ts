import { spawn } from 'node:child_process';

/** Asks the system to open a page; resolves to whether it took the request. */
export function openInBrowser(url: string): Promise<boolean> {
  const [command, ...args] = opener(url);
  return new Promise<boolean>((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
    // Some errors, as when memory is short, Node throws at once.
  }).catch(() => false);
}

function opener(url: string): [command: string, ...args: string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return ['xdg-open', url];
  }
}
