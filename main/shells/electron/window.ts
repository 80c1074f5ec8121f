/** The window: how it is made safe, where it opens, what it remembers. */
import { BrowserWindow, nativeImage, nativeTheme, screen } from 'electron';
import type { WebPreferences } from 'electron';
import icon from './icons/256x256.png?inline';
import { SMALLEST, fitWindowState, readWindowState, writeWindowState } from './window-state.ts';

const WEB_PREFERENCES: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Elsewhere Chromium would fetch its dictionaries from the internet.
  spellcheck: process.platform === 'darwin',
};

/** Makes the window, which shows itself once its page is drawn. `preload` is the built script. */
export function createWindow(dataDir: string, preload: string): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const { bounds, maximized } = fitWindowState(readWindowState(dataDir), [
    primary.workArea,
    ...others.map(({ workArea }) => workArea),
  ]);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Lanyard',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#171412' : '#efe8de',
    // Windows and macOS take it from the program; on Linux a window brings its own.
    ...(process.platform === 'linux' && { icon: nativeImage.createFromDataURL(icon) }),
    webPreferences: { ...WEB_PREFERENCES, preload },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('focus', () => window.flashFrame(false));
  window.on('close', () => remember(window, dataDir));
  return window;
}

function remember(window: BrowserWindow, dataDir: string): void {
  try {
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    writeWindowState(dataDir, state);
  } catch (error) {
    process.stderr.write(`Lanyard could not remember where its window was: ${String(error)}\n`);
  }
}

/** Brings the window in front of the others, from wherever it was put away. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
