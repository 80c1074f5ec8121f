import { beforeEach, describe, expect, test, vi } from 'vitest';
import { menuTemplate } from '../../../main/shells/electron/menu.ts';
import { menuStrings } from '../../../main/shells/electron/menu-strings.ts';
import type { WindowCommand } from '../../../preload/contract.ts';
import { openPage, startShell, theWindow } from './running-shell.ts';
import { BrowserWindow, Menu, app, clipboard, nativeTheme, resetElectron } from './stand-in.ts';
import type { MenuItem } from './stand-in.ts';
import { SETTINGS } from './stub-app.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

const flat = (items: readonly MenuItem[]): MenuItem[] =>
  items.flatMap((item) => [item, ...flat(item.submenu ?? [])]);
const labels = (items: readonly MenuItem[]): string[] =>
  flat(items).flatMap(({ label }) => label ?? []);

describe.each(['linux', 'win32', 'darwin'] as const)('on %s', (platform) => {
  const build = (command: (command: WindowCommand) => void = () => {}) =>
    flat(Menu.buildFromTemplate(menuTemplate(menuStrings('en', 'en'), platform, command)).items);

  test('every command of the app has an item and a shortcut of its own', () => {
    const chosen: string[] = [];
    const items = build((command) => chosen.push(command.do)).filter(({ click }) => click);
    for (const item of items) item.click?.();
    expect(chosen.toSorted()).toEqual(
      ['host', 'join', 'next-room', 'previous-room', 'rename', 'settings'].toSorted(),
    );
    const shortcuts = items.map(({ accelerator }) => accelerator);
    expect(shortcuts).not.toContain(undefined);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  test('the system’s own commands are there by role', () => {
    const roles = build().flatMap(({ role }) => role ?? []);
    const everywhere = [
      'about',
      'copy',
      'cut',
      'paste',
      'quit',
      'redo',
      'selectAll',
      'undo',
      'close',
    ];
    expect(roles).toEqual(expect.arrayContaining(everywhere));
    expect(roles.includes('hide')).toBe(platform === 'darwin');
    expect(roles.filter((role) => role === 'quit')).toHaveLength(1);
  });
});

test.each([
  ['zh-CN', 'en-GB', '房间'],
  ['en', 'zh-CN', 'Rooms'],
  ['system', 'zh-Hans-CN', '房间'],
  ['system', 'de-DE', 'Rooms'],
] as const)('language %s on a system in %s', (language, locale, rooms) => {
  expect(menuStrings(language, locale).rooms).toBe(rooms);
});

test('the menu and the theme follow the settings', async () => {
  const { app: stub } = await startShell();
  expect(labels(Menu.bar)).toContain('Host a Room…');
  stub.emit({ type: 'settings', settings: { ...SETTINGS, language: 'zh-CN', theme: 'dark' } });
  expect(labels(Menu.bar)).toContain('创建房间…');
  expect(nativeTheme.themeSource).toBe('dark');
});

test('a menu command reaches the page', async () => {
  await startShell();
  const { heard } = await openPage();
  flat(Menu.bar)
    .find(({ label }) => label === 'Host a Room…')
    ?.click?.();
  expect(heard.at(-1)).toEqual({ type: 'command', command: { do: 'host' } });
});

test('a menu command opens the window again when it was closed', async () => {
  await startShell();
  app.removeAllListeners('window-all-closed');
  theWindow().close();
  flat(Menu.bar)
    .find(({ label }) => label === 'Settings…')
    ?.click?.();
  expect(BrowserWindow.open).toHaveLength(1);
  const { heard } = await openPage();
  expect(heard.at(-1)).toEqual({ type: 'command', command: { do: 'settings' } });
});

describe('the menu at the pointer', () => {
  const NOTHING = {
    isEditable: false,
    editFlags: { canCut: true, canCopy: true, canPaste: true },
    linkURL: '',
    selectionText: '',
  };

  test.each([
    ['text', { selectionText: 'hello' }, ['Copy']],
    ['the composer', { isEditable: true }, ['Cut', 'Copy', 'Paste']],
    ['nothing', {}, []],
  ])('over %s', async (_, target, expected) => {
    await startShell();
    theWindow().webContents.emit('context-menu', {}, { ...NOTHING, ...target });
    expect(labels(Menu.popped)).toEqual(expected);
  });

  test('over a link copies its address', async () => {
    await startShell();
    const target = { ...NOTHING, linkURL: 'https://example.org/' };
    theWindow().webContents.emit('context-menu', {}, target);
    expect(labels(Menu.popped)).toEqual(['Copy Link']);
    Menu.popped[0]?.click?.();
    expect(clipboard.text).toBe('https://example.org/');
  });
});
