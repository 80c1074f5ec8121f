import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../../main/app.ts';
import { LanyardError } from '../../../main/errors.ts';
import { startPageServer } from '../../../main/shells/browser/page-server.ts';
import type { ElectronShell } from '../../../main/shells/electron/shell.ts';
import { tellHolder } from '../../../main/storage/folder-holder.ts';
import { Device } from '../../support/device.ts';
import { temporaryFolder } from '../../support/lanyard.ts';
import { openPage, quitShell, startShell, theWindow } from './running-shell.ts';
import {
  BrowserWindow,
  app,
  dialog,
  powerMonitor,
  preventable,
  protocol,
  resetElectron,
  shell,
} from './stand-in.ts';
import { createStubApp } from './stub-app.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

describe('the window', () => {
  test('is isolated, sandboxed and without Node', async () => {
    await startShell();
    expect(app.sandboxed).toBe(true);
    expect(theWindow().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      preload: join('/app/dist', 'preload/preload.cjs'),
    });
  });

  test('loads the page from a standard and secure origin of its own', async () => {
    await startShell();
    expect(theWindow().loaded).toBe('app://lanyard/');
    expect(protocol.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test('shows itself only once the page is drawn', async () => {
    await startShell();
    expect(theWindow().options['show']).toBe(false);
    expect(theWindow().visible).toBe(false);
    theWindow().emit('ready-to-show');
    expect(theWindow().visible).toBe(true);
  });

  test('opens where it was, as large as it was', async () => {
    const { dataDir } = await startShell();
    const bounds = { x: 300, y: 200, width: 900, height: 700 };
    Object.assign(theWindow(), { bounds, maximized: true });
    await quitShell();
    resetElectron();

    await startShell({ dataDir });
    expect(theWindow().bounds).toEqual(bounds);
    theWindow().emit('ready-to-show');
    expect(theWindow().maximized).toBe(true);
  });

  test('opens in the usual place when what was remembered is cut in half', async () => {
    const { dataDir } = await startShell();
    await quitShell();
    const file = join(dataDir, 'window.json');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, whole.length / 2));
    resetElectron();

    await startShell({ dataDir });
    expect(theWindow().bounds).toEqual({ x: 400, y: 140, width: 1120, height: 760 });
  });
});

describe('one instance', () => {
  test('a second one ends at once and starts nothing', async () => {
    app.first = false;
    const startApp = vi.fn<() => Promise<App>>();
    await startShell({ startApp });
    expect(app.ended).toBe(true);
    expect(startApp).not.toHaveBeenCalled();
    expect(BrowserWindow.open).toEqual([]);
  });

  test('a second one brings the window of the first forward', async () => {
    await startShell();
    Object.assign(theWindow(), { minimized: true });
    app.emit('second-instance', {}, ['lanyard', '--data-dir=/elsewhere'], '/');
    expect(theWindow()).toMatchObject({ minimized: false, visible: true, focused: true });
  });

  test('a link opened while it runs reaches the page', async () => {
    await startShell();
    const page = await openPage();
    app.emit('second-instance', {}, ['lanyard', '--flag', 'lanyard://10.0.0.2:47100/'], '/');
    expect(page.heard.at(-1)).toEqual({
      type: 'command',
      command: { do: 'open-link', link: 'lanyard://10.0.0.2:47100/' },
    });
    expect(theWindow().focused).toBe(true);
  });

  test('each data folder has an instance and a browser profile of its own', async () => {
    const { dataDir } = await startShell();
    expect(app.paths.get('userData')).toBe(dataDir);
    expect(app.paths.get('sessionData')).toBe(join(dataDir, 'window'));
  });
});

describe('a link', () => {
  test('that started the app waits until the page listens', async () => {
    await startShell({ args: ['lanyard://10.0.0.2:47100/'] });
    const page = await openPage();
    expect(page.heard.map((event) => event.type)).toEqual(['snapshot', 'command']);
  });

  test('that macOS hands over before the app is ready waits too', async () => {
    const link = 'lanyard://10.0.0.2:47100/';
    await startShell({ beforeReady: () => app.emit('open-url', preventable({}), link) });
    const page = await openPage();
    expect(page.heard.at(-1)).toMatchObject({ type: 'command', command: { do: 'open-link' } });
  });

  test('that comes while the app is starting waits too, in one window', async () => {
    const { promise, resolve } = Promise.withResolvers<App>();
    const stub = createStubApp();
    await startShell({ startApp: () => promise });
    app.emit('second-instance', {}, ['lanyard', 'lanyard://10.0.0.2:47100/'], '/');
    app.emit('second-instance', {}, ['lanyard'], '/');
    expect(BrowserWindow.open).toEqual([]);

    resolve(stub);
    await turn();
    expect(BrowserWindow.open).toHaveLength(1);
    const page = await openPage();
    expect(page.heard.at(-1)).toEqual({
      type: 'command',
      command: { do: 'open-link', link: 'lanyard://10.0.0.2:47100/' },
    });
  });

  test.each(['https://example.org/', 'lanyard', `lanyard://${'a'.repeat(2_000)}/`])(
    'is not made of %.40s',
    async (text) => {
      await startShell({ args: [text] });
      const page = await openPage();
      app.emit('open-url', preventable({}), text);
      app.emit('second-instance', {}, ['lanyard', text], '/');
      expect(page.heard.map((event) => event.type)).toEqual(['snapshot']);
    },
  );
});

describe('quitting', () => {
  test('waits until the app has said its goodbyes', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stub = Object.assign(createStubApp(), { stopping: promise });
    const stop = vi.spyOn(stub, 'stop');
    await startShell({ app: stub });
    theWindow().show();

    const over = once(app, 'quit');
    app.quit();
    app.quit();
    expect(app.ended).toBe(false);
    expect(theWindow().visible).toBe(false);

    resolve();
    await over;
    expect(stub.stopped).toBe(true);
    expect(stop).toHaveBeenCalledOnce();
    expect(app.ended).toBe(true);
  });

  test('during the start lets the app start, stops it and opens nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<App>();
    const stub = createStubApp();
    const restore = vi.spyOn(stub, 'restore');
    await startShell({ startApp: () => promise });
    const over = once(app, 'quit');
    app.quit();
    expect(app.ended).toBe(false);

    resolve(stub);
    await over;
    expect(stub.stopped).toBe(true);
    expect(restore).not.toHaveBeenCalled();
    expect(BrowserWindow.open).toEqual([]);
    expect(dialog.errors).toEqual([]);
  });

  test('does not wait for ever for a start either', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    await startShell({ startApp: () => new Promise(() => {}) });
    const over = quitShell();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    await over;
    expect(app.ended).toBe(true);
  });

  test('does not wait for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const stub = Object.assign(createStubApp(), { stopping: new Promise<void>(() => {}) });
    await startShell({ app: stub });
    const over = quitShell();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    await over;
    expect(stub.stopped).toBe(false);
  });

  test('still happens when the app cannot stop in order', async () => {
    const stub = createStubApp();
    stub.stop = () => Promise.reject(new Error('no disk'));
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await startShell({ app: stub });
    await quitShell();
    expect(told.mock.calls.join()).toContain('no disk');
    told.mockRestore();
  });

  test.runIf(process.platform !== 'darwin')('follows the closing of the window', async () => {
    const { app: stub } = await startShell();
    const over = once(app, 'quit');
    theWindow().close();
    await over;
    expect(stub.stopped).toBe(true);
  });
});

test('a device that wakes up has its connections made anew', async () => {
  const { app: stub } = await startShell();
  powerMonitor.emit('resume');
  expect(stub.wakes).toBe(1);
});

describe('a start', () => {
  test('gets the place for secrets of the system', async () => {
    const startApp = vi.fn<ElectronShell['startApp']>(() => Promise.resolve(createStubApp()));
    const keyWrap = { wrap: () => new Uint8Array(), unwrap: () => 'secret' };
    await startShell({ startApp, keyStore: { state: 'open', keyWrap } });
    expect(startApp.mock.calls[0]?.[0].keyWrap).toBe(keyWrap);
  });

  test.each([
    new LanyardError({ code: 'data-dir-in-use', details: { folder: 'x', holder: null } }),
    new LanyardError({ code: 'identity-locked', details: { file: 'x' } }),
  ])('that fails with $code is told in words, and ends', async (error) => {
    await startShell({
      startApp: async () => {
        throw error;
      },
    });
    expect(dialog.errors).toEqual([error.message]);
    expect(app.exitCode).toBe(1);
    expect(BrowserWindow.open).toEqual([]);
  });

  test('on the folder of a Lanyard in a browser opens its page, and ends', async () => {
    const [dataDir, device, token] = [temporaryFolder(), new Device('Ann'), 'x'.repeat(32)];
    const { bridge } = device;
    const page = await startPageServer({ bridge, root: dataDir, port: null, token });
    onTestFinished(() => page.stop());
    tellHolder(dataDir, { shell: 'browser', page: page.url });
    const over = vi.waitUntil(() => app.exitCode !== null);
    await startShell({
      dataDir,
      startApp: async () => {
        throw new LanyardError({ code: 'data-dir-in-use', details: { folder: 'x', holder: null } });
      },
    });
    await over;
    expect([app.exitCode, shell.opened, dialog.errors]).toEqual([0, [page.url], []]);
    expect(BrowserWindow.open).toEqual([]);
  });

  test.each([
    ['a data folder that cannot be', { dataDir: `/tmp/${'x'.repeat(300)}` }, /--data-dir\.$/],
    ['a data folder that is a file', { dataDir: import.meta.filename }, /--data-dir\.$/],
    ['a data folder without a name', { args: ['--data-dir='] }, /--data-dir/],
  ])('with %s is told in words, and ends', async (_what, start, sentence) => {
    await startShell(start);
    expect(dialog.errors).toEqual([expect.stringMatching(sentence)]);
    expect(dialog.errors[0]).not.toMatch(/mkdir|E[A-Z]{4,}/);
    expect(app.exitCode).toBe(1);
  });
});

describe('what nobody caught', () => {
  const error = new RangeError('a secret');
  const exit = vi.fn<(code: number) => void>();
  beforeEach(() => {
    exit.mockReset();
    vi.stubGlobal('process', Object.assign(Object.create(process), { exit }));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('ends a start with a sentence', async () => {
    const starting = Promise.withResolvers<App>();
    const { crash } = await startShell({ startApp: () => starting.promise });
    crash(error);
    expect(dialog.errors).toEqual([expect.stringMatching(/^Something unexpected .*RangeError/)]);
    expect(dialog.errors.join()).not.toContain('secret');
    expect(exit).toHaveBeenCalledExactlyOnceWith(1);
  });

  test('is survived by what has started', async () => {
    const { app: stub, crash } = await startShell();
    crash(error);
    expect(stub.crashes).toEqual([error]);
    expect([dialog.errors, stub.stopped]).toEqual([[], false]);
    expect(exit).not.toHaveBeenCalled();
  });

  test('ends it in order when it comes again and again', async () => {
    const { app: stub, crash } = await startShell();
    for (let time = 0; time < 12; time += 1) crash(error);
    await vi.waitUntil(() => dialog.errors.length > 0);
    expect(dialog.errors).toEqual([expect.stringMatching(/^So much went wrong/)]);
    expect([stub.crashes.length, stub.stopped]).toEqual([12, true]);
    expect(exit).toHaveBeenCalledExactlyOnceWith(1);
  });
});
