/** What the system draws of the app follows the person's settings, as the page does. */
import { Menu, nativeTheme } from 'electron';
import type { Bridge, WindowCommand } from '../../../preload/contract.ts';
import type { Settings } from '../../model/settings.ts';
import { menuTemplate } from './menu.ts';
import { menuStrings } from './menu-strings.ts';
import type { MenuStrings } from './menu-strings.ts';

/**
 * Sets the menu and the theme now and at every change. `locale` is the system's (BCP 47). The
 * returned function tells the words of the moment.
 */
export function followSettings(
  bridge: Bridge,
  locale: string,
  command: (command: WindowCommand) => void,
): () => MenuStrings {
  let words = menuStrings('system', locale);
  const follow = ({ language, theme }: Settings): void => {
    words = menuStrings(language, locale);
    nativeTheme.themeSource = theme;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, process.platform, command)));
  };
  bridge.subscribe((event) => {
    if (event.type === 'snapshot') follow(event.snapshot.settings);
    if (event.type === 'settings') follow(event.settings);
  });
  return () => words;
}
