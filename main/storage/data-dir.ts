import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this device's settings live when nobody says otherwise; the same for every shell. */
export function defaultDataDir(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Lanyard');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Lanyard');
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Lanyard');
  }
}
