import { beforeEach, describe, expect, test, vi } from 'vitest';
import { startShell, theWindow } from './running-shell.ts';
import { preventable, resetElectron, session, shell } from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(async () => {
  resetElectron();
  await startShell();
});

/** Links a page may hold, and what is opened in the person's browser for each. */
const LINKS: [string, string[]][] = [
  ['https://example.org/a b?q=1#x', ['https://example.org/a%20b?q=1#x']],
  ['http://10.0.0.2:8080/', ['http://10.0.0.2:8080/']],
  ['file:///etc/passwd', []],
  ['javascript:alert(1)', []],
  ['data:text/html,<script>alert(1)</script>', []],
  ['smb://10.0.0.2/share', []],
  ['ms-msdt:/id', []],
  ['app://lanyard/index.html', []],
  ['lanyard://10.0.0.2:47100/', []],
  ['//example.org', []],
  ['', []],
];

test.each(LINKS)('a new window for %j is never opened here', (url, outside) => {
  expect(theWindow().webContents.openHandler({ url })).toEqual({ action: 'deny' });
  expect(shell.opened).toEqual(outside);
});

test.each(LINKS)('the page is never left for %j', (url, outside) => {
  const event = preventable({ url, isMainFrame: true });
  theWindow().webContents.emit('will-frame-navigate', event);
  expect(event.defaultPrevented).toBe(true);
  expect(shell.opened).toEqual(outside);
});

test('a frame inside the page opens nothing at all', () => {
  const event = preventable({ url: 'https://example.org/', isMainFrame: false });
  theWindow().webContents.emit('will-frame-navigate', event);
  expect(event.defaultPrevented).toBe(true);
  expect(shell.opened).toEqual([]);
});

test.each(['will-redirect', 'will-attach-webview'])('%s is prevented', (name) => {
  const event = preventable({ url: 'https://example.org/' });
  theWindow().webContents.emit(name, event);
  expect(event.defaultPrevented).toBe(true);
});

describe('permissions', () => {
  test.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fullscreen',
  ])('%s is denied even to our page', (permission) =>
    expect(ask(permission, 'app://lanyard/')).toEqual([false, false]),
  );

  test('our page may copy', () => {
    expect(ask('clipboard-sanitized-write', 'app://lanyard/')).toEqual([true, true]);
  });

  test.each(['https://example.org/', 'app://lanyard.example/', ''])('%j may not copy', (origin) => {
    expect(ask('clipboard-sanitized-write', origin)).toEqual([false, false]);
  });

  test('no device is handed over', () => {
    expect(session.defaultSession.device()).toBe(false);
  });
});

test.each([
  ['app://lanyard/assets/app.js', true],
  ['blob:app://lanyard/4f1c', true],
  ['data:image/png;base64,AA', true],
  ['devtools://devtools/bundled/inspector.html', true],
  ['https://example.org/', false],
  ['http://127.0.0.1:47100/', false],
  ['wss://example.org/', false],
  ['file:///etc/passwd', false],
  ['app://lanyard.example/', false],
  ['blob:https://example.org/4f1c', false],
  ['', false],
])('whether %j is loaded: %j', (url, loaded) => {
  const answers: { cancel: boolean }[] = [];
  session.defaultSession.filter({ url }, (response) => answers.push(response));
  expect(answers).toEqual([{ cancel: !loaded }]);
});

test.each([
  ['blob:app://lanyard/4f1c', true],
  ['https://example.org/setup.exe', false],
  ['data:text/html,x', false],
  ['app://lanyard/index.html', false],
  ['blob:https://example.org/4f1c', false],
])('whether %j is saved: %j', (url, saved) => {
  const event = preventable({});
  session.defaultSession.emit('will-download', event, { getURL: () => url });
  expect(event.defaultPrevented).toBe(!saved);
});

test('WebRTC asks nobody for this device’s addresses', () => {
  expect(theWindow().webContents.webRtc).toBe('disable_non_proxied_udp');
});

/** What the session answers to a question and to a request. */
function ask(permission: string, origin: string): boolean[] {
  const answers = [session.defaultSession.check(null, permission, origin)];
  session.defaultSession.request(null, permission, (granted) => answers.push(granted), {
    requestingUrl: origin,
  });
  return answers;
}
