/**
 * What the end-to-end tests stand on: the built app as a page in a real Chromium, rooms without a
 * window, and people who speak the bare protocol.
 *
 * ```ts
 * import { expect, test } from './harness.ts';
 *
 * test('a message arrives', async ({ openApp, startHost, startBot }) => {
 *   const host = await startHost({ room: 'Lab', name: 'Ben' });
 *   const { page } = await openApp({ settings: { name: 'Ann' } });
 *   await page.getByRole('button', { name: 'Join Lab' }).click();
 *   const cleo = await startBot({ address: host.address, name: 'Cleo' });
 *   await cleo.say('hello');
 *   await expect(page.getByText('hello', { exact: true })).toBeVisible();
 * });
 * ```
 *
 * Where network namespaces can be made each worker has computers on a network of their own, so that
 * tests see no rooms but theirs; otherwise everything runs on this computer. Whatever a test
 * starts ends with it. A page that reports an error nobody expects fails its test.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Settings } from '../../main/model/settings.ts';
import { createLan, whyNoLan } from '../support/network-namespaces.ts';
import { Bot } from './bot.ts';
import { computerOn, thisComputer } from './computer.ts';
import type { Computer } from './computer.ts';
import { PageCalls } from './page-calls.ts';
import { PageTroubles } from './page-troubles.ts';
import { Program } from './program.ts';

export { expect };

const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

interface Started {
  /** The worker's computer when absent. */
  readonly on?: Computer;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it believes to run in a terminal; takes `script` of util-linux. */
  readonly terminal?: boolean;
}

export interface OpenAppOptions extends Started {
  /** What an earlier start left in the settings; without it this is the first start. */
  readonly settings?: Partial<Settings>;
  /** The folder of an earlier start, to start over it; by default a new one. */
  readonly dataDir?: string;
  /** The page's own port, to come back at the same address. */
  readonly port?: number;
  /** How the browser is set up: colour scheme, viewport, permissions … */
  readonly context?: BrowserContextOptions;
}

/** The app in the browser shell, and its page. */
export interface OpenedApp {
  readonly page: Page;
  /** The address it printed, token and all. */
  readonly url: string;
  readonly dataDir: string;
  readonly program: Program;
  /** Lets the page report errors like this one. */
  expectTrouble(this: void, pattern: RegExp): void;
  /** Resolves once the app has taken in what the page told it, e.g. that it is hidden now. */
  settled(this: void): Promise<void>;
  /** Quits the app in an orderly way; the page stays. */
  stop(): Promise<void>;
}

export interface HostOptions extends Started {
  readonly room: string;
  readonly name?: string;
  readonly port?: number;
  /** The folder of an earlier start, to open its room again; by default a new one. */
  readonly dataDir?: string;
}

/** A room hosted without a window. */
export interface StartedHost {
  readonly id: string;
  readonly port: number;
  /** `host:port` for everybody in the test. */
  readonly address: string;
  readonly link: string;
  readonly program: Program;
  /** Closes the room in an orderly way. */
  stop(): Promise<void>;
  /** Crashes: nobody is told. */
  kill(): Promise<void>;
}

export interface BotOptions {
  readonly address: string;
  readonly name: string;
  readonly on?: Computer;
}

interface Fixtures {
  readonly openApp: (options?: OpenAppOptions) => Promise<OpenedApp>;
  readonly startHost: (options: HostOptions) => Promise<StartedHost>;
  readonly startBot: (options: BotOptions) => Promise<Bot>;
  /** Runs the command line; it is stopped with the test. */
  readonly lanyard: (args: readonly string[], options?: Started) => Program;
  /** Makes an empty folder that goes with the test. */
  readonly makeFolder: () => Promise<string>;
  /** A browser on that computer. */
  readonly browserOn: (computer: Computer) => Promise<Browser>;
}

interface WorkerFixtures {
  /** Three computers on a LAN of their own; where there can be none, this one three times. */
  readonly computers: readonly [Computer, Computer, Computer];
  /** The first of them: where things run unless a test says otherwise. */
  readonly computer: Computer;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  computers: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed.
    async ({}, use) => {
      if (whyNoLan() !== null) {
        await use([thisComputer(), thisComputer(), thisComputer()]);
        return;
      }
      const lan = await createLan(3);
      const on = (number: number) => computerOn(lan.host(number));
      const computers = await Promise.all([on(1), on(2), on(3)]);
      await use(computers);
      await Promise.all(computers.map((computer) => computer.dispose()));
      await lan.dispose();
    },
    { scope: 'worker' },
  ],

  computer: [({ computers: [first] }, use) => use(first), { scope: 'worker' }],

  launchOptions: [
    async ({ computer, launchOptions }, use) => {
      await use({ ...launchOptions, executablePath: computer.chromium });
    },
    { scope: 'worker' },
  ],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed.
  makeFolder: async ({}, use) => {
    const folders: string[] = [];
    await use(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lanyard-e2e-'));
      folders.push(folder);
      return folder;
    });
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  },

  browserOn: async ({ browser, computer, playwright, launchOptions }, use) => {
    const launched = new Map([[computer, browser]]);
    await use(async (where) => {
      const known = launched.get(where);
      if (known !== undefined) return known;
      const executablePath = where.chromium;
      const fresh = await playwright.chromium.launch({ ...launchOptions, executablePath });
      launched.set(where, fresh);
      return fresh;
    });
    launched.delete(computer);
    for (const fresh of launched.values()) await fresh.close();
  },

  lanyard: async ({ computer, makeFolder }, use) => {
    // A test must never reach for the settings of whoever runs it.
    const home = await makeFolder();
    const programs: Program[] = [];
    await use((args, { on = computer, env = {}, terminal = false } = {}) => {
      const command: [string, ...string[]] = [process.execPath, CLI, ...args];
      const [file, ...rest] = terminal ? inTerminal(command) : command;
      const child = on.spawn(file, rest, {
        env: { ...process.env, LC_ALL: 'en_US.UTF-8', XDG_CONFIG_HOME: home, ...env },
      });
      const program = new Program(child);
      programs.push(program);
      return program;
    });
    await Promise.all(programs.map((program) => program.stop()));
  },

  openApp: async ({ lanyard, makeFolder, browserOn, computer }, use) => {
    const opened: { readonly page: Page; readonly troubles: PageTroubles }[] = [];
    await use(async ({ settings, port, context = {}, on = computer, env, ...rest } = {}) => {
      const dataDir = rest.dataDir ?? (await makeFolder());
      if (settings) await writeFile(join(dataDir, 'settings.json'), JSON.stringify(settings));
      const args = ['open', '--shell=browser', '--no-open', `--data-dir=${dataDir}`];
      if (port !== undefined) args.push(`--port=${port}`);
      const program = lanyard(args, { on, ...(env && { env }) });
      const [, url = ''] = await program.line(/ready at (http\S+)$/);
      const browser = await browserOn(on);
      const page = await (await browser.newContext(context)).newPage();
      const troubles = new PageTroubles(page);
      const calls = new PageCalls(page);
      opened.push({ page, troubles });
      await page.goto(url);
      return {
        page,
        url,
        dataDir,
        program,
        expectTrouble: (pattern) => troubles.expect(pattern),
        settled: () => calls.settled(),
        async stop() {
          // The page tries to find the app again.
          troubles.expect(/^WebSocket connection to/);
          await program.stop();
        },
      };
    });
    for (const { page } of opened) await page.context().close();
    expect(opened.flatMap(({ troubles }) => troubles.unexpected)).toEqual([]);
  },

  startHost: async ({ lanyard, makeFolder, computer }, use) => {
    await use(async ({ room, name = 'Host', port, on = computer, env, ...rest }) => {
      const args = ['host', '--json', `--room=${room}`, `--name=${name}`];
      args.push(`--data-dir=${rest.dataDir ?? (await makeFolder())}`);
      if (port !== undefined) args.push(`--port=${port}`);
      const program = lanyard(args, { on, ...(env && { env }) });
      const [line] = await program.line(/^\{"ready":true.*/);
      const ready: { id: string; port: number; link: string } = JSON.parse(line);
      return {
        id: ready.id,
        port: ready.port,
        link: ready.link,
        address: `${on.address}:${ready.port}`,
        program,
        async stop() {
          await program.stop();
        },
        kill: () => program.kill(),
      };
    });
  },

  startBot: async ({ computer }, use) => {
    const bots: Bot[] = [];
    await use(async ({ address, name, on = computer }) => {
      const bot = await Bot.join(on, address, name);
      bots.push(bot);
      return bot;
    });
    for (const bot of bots) await bot.kill();
  },
});

function inTerminal(command: readonly string[]): [string, ...string[]] {
  const quoted = command.map((part) => `'${part}'`).join(' ');
  return ['script', '--quiet', '--flush', '--command', quoted, '/dev/null'];
}
