/** The application menu: the system's own commands by role, the app's by `WindowCommand`. */
import { app } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { WindowCommand } from '../../../preload/contract.ts';
import type { MenuStrings } from './menu-strings.ts';

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };

/** The menu bar for a platform. `command` gets what the person chooses for the window to do. */
export function menuTemplate(
  words: MenuStrings,
  platform: NodeJS.Platform,
  command: (command: WindowCommand) => void,
): Item[] {
  const mac = platform === 'darwin';
  const item = (label: string, accelerator: string, what: WindowCommand): Item => ({
    label,
    accelerator,
    click: () => command(what),
  });
  const about: Item = { role: 'about', label: words.about };
  const settings = item(words.settings, 'CmdOrCtrl+,', { do: 'settings' });
  const quit: Item = { role: 'quit', label: words.quit };
  const close: Item = { role: 'close', label: words.close };

  const application: Item = {
    label: app.name,
    submenu: [
      about,
      SEPARATOR,
      settings,
      SEPARATOR,
      { role: 'services', label: words.services },
      SEPARATOR,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      SEPARATOR,
      quit,
    ],
  };
  const rooms: Item = {
    label: words.rooms,
    submenu: [
      item(words.host, 'CmdOrCtrl+N', { do: 'host' }),
      item(words.join, 'CmdOrCtrl+J', { do: 'join' }),
      SEPARATOR,
      item(words.nextRoom, 'Ctrl+Tab', { do: 'next-room' }),
      item(words.previousRoom, 'Ctrl+Shift+Tab', { do: 'previous-room' }),
      SEPARATOR,
      item(words.rename, 'CmdOrCtrl+Shift+N', { do: 'rename' }),
      SEPARATOR,
      ...(mac ? [close] : [settings, SEPARATOR, close, quit]),
    ],
  };
  const edit: Item = {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      SEPARATOR,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  };
  const view: Item = {
    label: words.view,
    submenu: [
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      SEPARATOR,
      { role: 'togglefullscreen', label: words.fullScreen },
      ...(app.isPackaged
        ? []
        : [SEPARATOR, { role: 'toggleDevTools', label: words.developerTools } as const]),
    ],
  };
  const windows: Item = {
    role: 'window',
    label: words.window,
    submenu: [
      { role: 'minimize', label: words.minimize },
      { role: 'zoom', label: words.zoom },
      SEPARATOR,
      { role: 'front', label: words.bringAllToFront },
    ],
  };
  const help: Item = { role: 'help', label: words.help, submenu: mac ? [] : [about] };

  return mac ? [application, rooms, edit, view, windows, help] : [rooms, edit, view, help];
}
