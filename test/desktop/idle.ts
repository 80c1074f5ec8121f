/**
 * `npm run idle [-- SECONDS]`: what the desktop app takes of a core and of the memory while nobody
 * does anything, beside an empty Electron window; a minute each unless told otherwise. Fails when a
 * scene takes over 0.3 percentage points more. Linux, with a display and Electron's runtime.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { startDesktopApp } from './desktop-app.ts';
import { usageOfTree } from './process-tree.ts';
import type { Usage } from './process-tree.ts';

const ROOT = join(import.meta.dirname, '../..');

/** How much of a core a scene may take beyond an empty window, in percentage points. */
const MOST = 0.3;
/** What starting leaves to be done is over after this, in ms: the last of it is V8 that tidies up once. */
const SETTLE_MS = 60_000;

/** Chromium before 140 has the caret of a focused field blink for ever (`still-caret.ts`). */
const EMPTY_PAGES = {
  'empty window': '',
  'empty window with a caret': '<textarea autofocus></textarea>',
};

interface Scene {
  readonly name: string;
  /** What is done before it is left alone. */
  readonly prepare: (page: Page) => Promise<void>;
  /** What it is held against. */
  readonly beside: keyof typeof EMPTY_PAGES;
}

const SCENES: readonly Scene[] = [
  { name: 'home page', beside: 'empty window', prepare: atHome },
  {
    name: 'hosted room',
    beside: 'empty window',
    async prepare(page) {
      await inRoom(page);
      await page.getByRole('log').focus();
    },
  },
  {
    name: 'hosted room with a caret in the composer',
    beside: 'empty window with a caret',
    prepare: inRoom,
  },
];

async function atHome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Host a room' }).first().waitFor();
}

async function inRoom(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Host a room' }).first().click();
  await page.getByLabel('Name of the room').fill('Lab 3');
  await page.getByRole('button', { name: 'Host', exact: true }).click();
  await page.getByRole('textbox', { name: 'Message to Lab 3' }).fill('Hello');
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('Hello').waitFor();
}

const seconds = Number(process.argv[2] ?? 60);
const folder = mkdtempSync(join(tmpdir(), 'lanyard-idle-'));
const empty = new Map<string, number>();
let ok = true;
try {
  for (const [name, html] of Object.entries(EMPTY_PAGES)) {
    const main = join(folder, `${empty.size}.cjs`);
    writeFileSync(main, emptyApp(html));
    const usage = await measure([main], async () => undefined);
    empty.set(name, percentOf(usage));
    print(name, usage, '');
  }
  for (const { name, prepare, beside } of SCENES) {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ name: 'Ann', language: 'en' }));
    const usage = await measure([ROOT, `--data-dir=${dataDir}`], prepare);
    const more = percentOf(usage) - (empty.get(beside) ?? NaN);
    print(name, usage, `, ${more.toFixed(2)} points more than an ${beside}`);
    ok &&= more <= MOST;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = ok ? 0 : 1;

function emptyApp(html: string): string {
  const url = JSON.stringify(`data:text/html,<title>Empty</title>${html}`);
  return `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1120, height: 760 }).loadURL(${url}));
`;
}

/** Starts Electron, brings it into the scene, lets go of it and looks what a while of rest takes. */
async function measure(
  args: readonly string[],
  prepare: (page: Page) => Promise<void>,
): Promise<ReadonlyMap<string, Usage>> {
  const app = await startDesktopApp(args);
  try {
    await prepare(app.page);
    await app.release();
    await rest(SETTLE_MS);
    const before = usageOfTree(app.pid);
    await rest(seconds * 1_000);
    return new Map(
      Array.from(usageOfTree(app.pid), ([kind, { cpuMs, memory }]) => [
        kind,
        { cpuMs: cpuMs - (before.get(kind)?.cpuMs ?? 0), memory },
      ]),
    );
  } finally {
    await app.stop();
  }
}

function percentOf(usage: ReadonlyMap<string, Usage>): number {
  return [...usage.values()].reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (seconds * 10);
}

function print(name: string, usage: ReadonlyMap<string, Usage>, compared: string): void {
  const memory = [...usage.values()].reduce((sum, part) => sum + part.memory, 0);
  const parts = Array.from(usage, ([kind, part]) => `${kind} ${part.cpuMs} ms, ${mb(part.memory)}`);
  process.stdout.write(
    `${name}: ${percentOf(usage).toFixed(2)} % of a core${compared}; ${mb(memory)}\n  ${parts.join('; ')}\n`,
  );
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
