/** Where each installer puts the program, and how a person starts it. */
import { join } from 'node:path';
import { powershell } from './desktop.ts';
import type { Command } from './desktop.ts';

export interface Installed {
  /** What the commands of its processes begin with. */
  readonly program: string;
  readonly start: Command;
  /** What a click on a link does. */
  readonly open: (link: string) => Command;
}

/** By the kind of the installer; an AppImage is its own, and needs its path. Null for no kind. */
export function installedBy(kind: string, path: string | undefined): Installed | null {
  switch (kind) {
    case 'deb':
      return {
        program: '/opt/Lanyard/lanyard',
        start: ['gtk-launch', 'lanyard.desktop'],
        open: (link) => ['xdg-open', link],
      };
    case 'AppImage': {
      if (path === undefined) return null;
      // It registers nothing: a link is handed to it.
      return {
        program: '/tmp/.mount_Lanyar',
        start: [path],
        open: (link) => [path, link],
      };
    }
    case 'nsis': {
      const { LOCALAPPDATA = '', APPDATA = '' } = process.env;
      const menu = join(APPDATA, 'Microsoft/Windows/Start Menu/Programs');
      return {
        program: join(LOCALAPPDATA, 'Programs/Lanyard/Lanyard.exe'),
        start: powershell(`Start-Process '${join(menu, 'Lanyard.lnk')}'`),
        open: (link) => powershell(`Start-Process '${link}'`),
      };
    }
    case 'dmg':
      return {
        program: '/Applications/Lanyard.app/',
        start: ['open', '-a', '/Applications/Lanyard.app'],
        open: (link) => ['open', link],
      };
    default:
      return null;
  }
}
