/** Where a Chromium or Chrome is on this computer. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'msedge',
];

const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];

const WINDOWS_PROGRAMS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/**
 * Features no test needs. First those of the browser's own window, which draws its suggestions as a page:
 * that took more of a core than ours. Chromium heeds the last such list only, so Playwright's own follow.
 */
const UNNEEDED_FEATURES = [
  'PreloadTopChromeWebUI',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/** What has to be switched off so that a test browser speaks to nobody but the test, and is quick. */
export const QUIET_ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  `--disable-features=${UNNEEDED_FEATURES.join()}`,
  '--disable-sync',
  '--no-first-run',
];

/**
 * The path of a browser: the one named in LANYARD_CHROMIUM, Playwright's own, or an installed one;
 * null when there is none.
 */
export function findChromium(): string | null {
  const named = process.env['LANYARD_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  return [chromium.executablePath(), ...inPath(), ...usualPlaces()].find(canRun) ?? null;
}

function inPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command + suffix)));
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case 'darwin':
      return MAC_APPS.map((app) => join('/Applications', `${app}.app`, 'Contents', 'MacOS', app));
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
        const folder = process.env[variable];
        return folder === undefined ? [] : WINDOWS_PROGRAMS.map((parts) => join(folder, ...parts));
      });
    default:
      return COMMANDS.flatMap((command) => [join('/usr/bin', command), join('/snap/bin', command)]);
  }
}

function canRun(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
