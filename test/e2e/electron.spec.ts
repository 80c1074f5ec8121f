/** The Electron shell on the real runtime, wherever that is installed and there is a display. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { _electron as electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { startDesktopApp } from '../desktop/desktop-app.ts';
import { thisComputer } from './computer.ts';
import { expect, test as base } from './harness.ts';
import { startSessionBus, whyNoKeyring } from './session-bus.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What Playwright starts Electron with too. */
const NO_SANDBOX = process.platform === 'linux' ? ['--no-sandbox'] : [];
const reason = whyNoElectron();

interface OpenedWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
}

interface Fixtures {
  /** Opens the desktop app for Ann; `args` follow its own options on the command line. */
  readonly openWindow: (...args: readonly string[]) => Promise<OpenedWindow>;
  /** The same in a session of a desktop: with a keyring that this password unlocks, or without one. */
  readonly openInSession: (password: string | null) => Promise<Omit<OpenedWindow, 'app'>>;
}

const test = base.extend<Fixtures>({
  openWindow: async ({ makeFolder }, use) => {
    const opened: ElectronApplication[] = [];
    await use(async (...args) => {
      const dataDir = await folderOfAnn(makeFolder);
      const app = await electron.launch({ args: [ROOT, `--data-dir=${dataDir}`, ...args] });
      opened.push(app);
      return { app, page: await app.firstWindow(), dataDir };
    });
    for (const app of opened) await app.close();
  },

  openInSession: async ({ makeFolder }, use) => {
    const started: { stop(): Promise<void> }[] = [];
    await use(async (password) => {
      const bus = await startSessionBus(await makeFolder(), password);
      started.push(bus);
      const dataDir = await folderOfAnn(makeFolder);
      const app = await startDesktopApp([ROOT, `--data-dir=${dataDir}`], bus.env);
      started.push(app);
      return { page: app.page, dataDir };
    });
    for (const program of started.toReversed()) await program.stop();
  },
});

async function folderOfAnn(makeFolder: () => Promise<string>): Promise<string> {
  const dataDir = await makeFolder();
  await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ name: 'Ann', language: 'en' }));
  return dataDir;
}

test.describe(`on Electron${reason === null ? '' : ` (not here: ${reason})`}`, () => {
  test.skip(reason !== null, reason ?? '');

  test('a room is hosted, and what is said there comes back', async ({ openWindow }) => {
    const { page } = await openWindow();
    await page.getByRole('button', { name: 'Host a room' }).first().click();
    await page.getByLabel('Name of the room').fill('Lab 3');
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    await page.getByRole('textbox', { name: 'Message to Lab 3' }).fill('Hello from the desktop');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    await expect(log.getByText('Hello from the desktop')).toBeVisible();
    await expect(log.getByText('Sending…')).toHaveCount(0);
  });

  test('a link leads into a room, after asking', async ({ openWindow, startHost }) => {
    const host = await startHost({ room: 'Ship', on: thisComputer() });
    const { page } = await openWindow(host.link);
    const question = page.getByRole('dialog', { name: 'Join this room?' });
    await question.getByRole('button', { name: 'Join' }).click();
    await expect(page.getByRole('textbox', { name: 'Message to Ship' })).toBeEnabled();
  });

  test('a second start shows its link in the first window, and ends', async ({ openWindow }) => {
    const { app, page, dataDir } = await openWindow();
    await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
    const executable = await app.evaluate(() => process.execPath);
    const args = [...NO_SANDBOX, ROOT, `--data-dir=${dataDir}`, 'lanyard://127.0.0.1:9/'];
    const second = spawn(executable, args, { stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await expect(page.getByRole('dialog', { name: 'Join this room?' })).toBeVisible();
    expect(app.windows()).toHaveLength(1);
  });

  test.describe(() => {
    test.skip(process.platform !== 'linux', 'only Linux has keyrings that may be missing');
    test.skip(whyNoKeyring() !== null, whyNoKeyring() ?? '');

    test('without a keyring the window comes at once, and nothing asks for a password', async ({
      openInSession,
    }) => {
      const { page, dataDir } = await openInSession(null);
      await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
      await expect(page.getByRole('alert')).toHaveCount(0);
      const identity = join(dataDir, 'identity.json');
      expect(JSON.parse(await readFile(identity, 'utf8'))).toHaveProperty('privateKey');
      expect((await stat(identity)).mode & 0o777).toBe(0o600);
    });

    test('with an unlocked keyring the key of the device is wrapped', async ({ openInSession }) => {
      const { page, dataDir } = await openInSession('test');
      await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
      const identity = JSON.parse(await readFile(join(dataDir, 'identity.json'), 'utf8'));
      expect(Object.keys(identity).toSorted()).toEqual(['certificate', 'wrappedKey']);
    });
  });

  test('a start on the folder of a page in a browser opens that page, and ends', async ({
    lanyard,
    makeFolder,
  }) => {
    const [dataDir, bin] = [await makeFolder(), await makeFolder()];
    const args = ['open', '--shell=browser', '--no-open', `--data-dir=${dataDir}`];
    const [, url = ''] = await lanyard(args, { on: thisComputer() }).line(/ready at (http\S+)$/);
    const opened = join(bin, 'opened');
    await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`, {
      mode: 0o755,
    });
    const executable = String(createRequire(import.meta.url)('electron'));
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
    const second = spawn(executable, [...NO_SANDBOX, ROOT, `--data-dir=${dataDir}`], {
      stdio: 'ignore',
      env,
    });
    expect(await once(second, 'exit')).toEqual([0, null]);
    test.skip(process.platform !== 'linux', 'what opens a page is known on Linux alone');
    await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toBe(url);
  });

  test('a page in a browser on its folder is refused, with where to go', async ({
    openWindow,
    lanyard,
  }) => {
    const { dataDir } = await openWindow();
    const args = ['open', '--shell=browser', '--no-open', `--data-dir=${dataDir}`];
    const second = lanyard(args, { on: thisComputer() });
    await second.line(/^lanyard: Lanyard’s desktop app is using .+ \(data-dir-in-use\)$/);
    expect(await second.ended()).toBe(1);
  });

  test('the page has the bridge and nothing of Node', async ({ openWindow }) => {
    const { page } = await openWindow();
    expect(page.url()).toBe('app://lanyard/');
    const found = await page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(globalThis, 'lanyard')).toSorted(),
      node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter(
        (name) => name in globalThis,
      ),
      secure: isSecureContext,
      isolated: originAgentCluster,
    }));
    expect(found).toEqual({
      bridge: ['call', 'subscribe'],
      node: [],
      secure: true,
      isolated: true,
    });
  });

  test('the content security policy holds', async ({ openWindow }) => {
    const { page } = await openWindow();
    const held = await page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => {
        const listen = (event: SecurityPolicyViolationEvent) => resolve(event.effectiveDirective);
        document.addEventListener('securitypolicyviolation', listen, { once: true });
      });
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      const directive = await violated;
      let html = true;
      try {
        document.createElement('p').innerHTML = '<b>bold</b>';
      } catch {
        html = false;
      }
      return { fetched, directive, html };
    });
    expect(held).toEqual({ fetched: false, directive: 'connect-src', html: false });
  });

  test('a page whose process dies comes back', async ({ openWindow }) => {
    const { app, page } = await openWindow();
    await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
    const gone = app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((resolve) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.webContents.once('did-finish-load', () => resolve(window.webContents.getURL()));
          window?.webContents.forcefullyCrashRenderer();
        }),
    );
    expect(await gone).toBe('app://lanyard/');
    const text = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
      );
    await expect.poll(text).toContain('Host a room');
  });

  test('the page can be neither left nor doubled', async ({ openWindow }) => {
    const { app, page } = await openWindow();
    expect(await page.evaluate(() => window.open('file:///etc/passwd'))).toBeNull();
    await page.evaluate(() => location.assign('file:///etc/passwd'));
    await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
    expect(page.url()).toBe('app://lanyard/');
    expect(app.windows()).toHaveLength(1);
  });
});

/** Why the suite cannot run here, or null when it can. */
function whyNoElectron(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  if (!existsSync(join(folder, 'dist'))) return 'the runtime of Electron is not installed';
  const display = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && !display) return 'there is no display';
  return null;
}
