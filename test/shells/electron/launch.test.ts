/**
 * Runs the module in a process of its own, in a folder with an `electron` package made for the
 * test, so that neither the machine's Electron nor its display or user decide the outcome.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const linux = process.platform === 'linux';
const windows = process.platform === 'win32';
const LAUNCH = join(import.meta.dirname, '../../../main/shells/electron/launch.ts');

/** An installer that fetches a program named `electron`, as the real one does. */
const FETCHES = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync(__dirname + '/dist');
  writeFileSync(__dirname + '/dist/electron', '');
  writeFileSync(__dirname + '/path.txt', 'electron');
`;
const FAILS = 'process.exit(1)';

test('an Electron that is there is found without fetching', async () => {
  const folder = appFolder(FAILS);
  writeFileSync(join(folder, 'node_modules/electron/path.txt'), 'electron');
  mkdirSync(join(folder, 'node_modules/electron/dist'));
  writeFileSync(join(folder, 'node_modules/electron/dist/electron'), '');
  expect(await find(folder)).toEqual({
    found: { path: join(folder, 'node_modules/electron/dist/electron') },
    fetches: 0,
  });
});

test('an Electron that is not there is fetched once', async () => {
  const folder = appFolder(FETCHES);
  const found = { path: join(folder, 'node_modules/electron/dist/electron') };
  expect(await find(folder)).toEqual({ found, fetches: 1 });
  expect(await find(folder)).toEqual({ found, fetches: 0 });
});

test('an Electron that cannot be fetched is a reason', async () => {
  expect(await find(appFolder(FAILS))).toEqual({
    found: { reason: 'Electron’s runtime is not installed and could not be fetched.' },
    fetches: 1,
  });
});

test('without a place to fetch it to it cannot be fetched', async () => {
  const nowhere = join(appFolder(FAILS), 'nowhere');
  expect(await find(appFolder(FETCHES), { env: { TMPDIR: nowhere, TEMP: nowhere } })).toEqual({
    found: { reason: 'Electron’s runtime is not installed and could not be fetched.' },
    fetches: 1,
  });
});

test('without the package there is nothing to fetch', async () => {
  expect(await find(appFolder(null))).toEqual({
    found: { reason: 'Electron is not installed.' },
    fetches: 0,
  });
});

test('ELECTRON_OVERRIDE_DIST_PATH names the Electron to use', async () => {
  const folder = appFolder(FAILS);
  writeFileSync(join(folder, 'electron'), '');
  expect(await find(folder, { env: { ELECTRON_OVERRIDE_DIST_PATH: folder } })).toEqual({
    found: { path: join(folder, 'electron') },
    fetches: 0,
  });
});

test.runIf(linux)('without a display there is a reason', async () => {
  expect(await find(appFolder(FETCHES), { env: { DISPLAY: '' } })).toEqual({
    found: { reason: 'There is no display for a desktop window here.' },
    fetches: 0,
  });
});

test.runIf(linux)('for root there is a reason', async () => {
  expect(await find(appFolder(FETCHES), { uid: 0 })).toEqual({
    found: { reason: expect.stringContaining('does not run safely as root') },
    fetches: 0,
  });
});

test('Electron gets the folder and the options, as Electron, and its exit code comes back', async () => {
  const folder = appFolder(null);
  writeFileSync(
    join(folder, 'index.js'),
    'console.log(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE ?? null]));' +
      'process.exitCode = 7;',
  );
  const child = launch(folder, ['--data-dir=a b']);
  const [[code], output] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  expect(code).toBe(7);
  expect(JSON.parse(output)).toEqual([['--data-dir=a b'], null]);
});

test.skipIf(windows)('one signal to quit reaches Electron however often it is sent', async () => {
  const folder = appFolder(null);
  writeFileSync(
    join(folder, 'index.js'),
    `let heard = 0;
     process.on('SIGINT', () => {
       heard += 1;
       if (heard === 1) setTimeout(() => process.exit(40 + heard), 1_000);
       console.log('heard');
     });
     setInterval(() => {}, 1000);
     console.log('ready');`,
  );
  const child = launch(folder, []);
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await exited).toEqual([41, null]);
});

test.skipIf(windows)('an end by a signal has the code that shells give it', async () => {
  const folder = appFolder(null);
  writeFileSync(join(folder, 'index.js'), "process.kill(process.pid, 'SIGKILL')");
  expect(await once(launch(folder, []), 'exit')).toEqual([137, null]);
});

/** A folder with the module under test, and an `electron` package with this installer in it. */
function appFolder(installer: string | null): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lanyard-launch-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(LAUNCH, join(folder, 'launch.mts'));
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  if (installer !== null) {
    const electron = join(folder, 'node_modules/electron');
    mkdirSync(electron, { recursive: true });
    writeFileSync(join(electron, 'package.json'), '{"name":"electron"}');
    writeFileSync(join(electron, 'install.js'), installer);
  }
  return folder;
}

async function find(folder: string, { uid = 1000, env = {} } = {}): Promise<unknown> {
  const child = run(
    folder,
    `process.getuid = () => ${uid};
     const { findElectron } = await import('./launch.mts');
     let fetches = 0;
     const found = await findElectron(() => { fetches += 1; });
     console.log(JSON.stringify({ found, fetches }));`,
    { DISPLAY: ':0', WAYLAND_DISPLAY: '', ELECTRON_OVERRIDE_DIST_PATH: '', ...env },
  );
  return JSON.parse(await text(child.stdout));
}

/** Launches Node in the place of Electron: it too runs the app in a folder. */
function launch(folder: string, args: readonly string[]): ReturnType<typeof run> {
  return run(
    folder,
    `const { launchElectron } = await import('./launch.mts');
     process.exitCode = await launchElectron(process.execPath, '.', ${JSON.stringify(args)});`,
    { ELECTRON_RUN_AS_NODE: '1' },
  );
}

function run(folder: string, script: string, env: Record<string, string>) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => end(child));
  return child;
}

function end(child: ChildProcess): void {
  if (child.exitCode === null) child.kill('SIGKILL');
}
