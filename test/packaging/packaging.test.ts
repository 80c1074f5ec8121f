/**
 * Packs the built app as the installers do, around a folder that only looks like Electron, and
 * looks at what is inside.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { whyNoLan } from '../support/network-namespaces.ts';
import { whyNoDpkg } from './why-no-dpkg.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'main/shells/electron/packaging/dist.ts');
const STAND_IN = new URL('../shells/electron/stand-in.ts', import.meta.url).href;
/** What stands before the fuses in Electron's binary, then their version and number. */
const FUSES_AT = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x08';
/** Bundled code asks for these in case they are there, and does without them. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];

const noDeb = whyNoDpkg();

let temporary: string;
let release: string;
/** What `npm run dist` came to. */
let dist: { readonly status: number | null; readonly stderr: string };
let unpacked: string;
let asar: string;
let extracted: string;
let files: string[];

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'lanyard-packaging-'));
  const electronDist = join(temporary, 'electron');
  await mkdir(join(electronDist, 'locales'), { recursive: true });
  await mkdir(join(electronDist, 'resources'));
  const names = ['electron', 'locales/en-US.pak', 'locales/zh-CN.pak', 'locales/de.pak'];
  for (const name of names) await writeFile(join(electronDist, name), `${FUSES_AT}11111111.`);

  release = join(temporary, 'release');
  // Without a platform it makes the deb and the AppImage, which is refused what it needs.
  const what = noDeb === null ? [] : ['--linux', 'dir'];
  const where = [`-c.electronDist=${electronDist}`, `-c.directories.output=${release}`];
  dist = spawnSync(process.execPath, [DIST, ...what, '--x64', '--publish', 'never', ...where], {
    cwd: ROOT,
    env: { ...process.env, APPIMAGE_TOOLS_PATH: await appImageTools() },
    encoding: 'utf8',
  });
  unpacked = join(release, 'linux-unpacked');
  asar = join(unpacked, 'resources/app.asar');
  extracted = await realpath(await mkdtemp(join(temporary, 'extracted-')));
  extractAll(asar, extracted);
  files = listPackage(asar, { isPack: false })
    .map((name) => name.replaceAll('\\', '/').slice(1))
    .filter((name) => posix.extname(name) !== '');
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

const content = (name: string): string => extractFile(asar, name).toString('utf8');

test('the archive holds what the app and its command line load, and nothing else', () => {
  const { main, bin } = JSON.parse(content('package.json'));
  const loaded = new Set(['package.json']);
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const other of referencesIn(name)) load(other);
  };
  for (const entry of [main, bin.lanyard]) load(entry);
  for (const entry of ['dist/preload/preload.cjs', 'dist/renderer/index.html']) load(entry);
  expect(files.toSorted()).toEqual([...loaded].toSorted());
});

test('every file that is named is there', () => {
  const named = files.flatMap((name) =>
    [...content(name).matchAll(/(?:\bfrom|\bimport\(?|\bsrc=|\bhref=)\s*["'](\.[^"']+)["']/g)].map(
      ([, reference = '']) => posix.join(posix.dirname(name), reference),
    ),
  );
  expect(named).toContainEqual(expect.stringMatching(/^dist\/renderer\/assets\/.*\.js$/));
  expect(named).toContainEqual(expect.stringMatching(/^dist\/main\/.*\.js$/));
  expect(named.filter((name) => !files.includes(name))).toEqual([]);
});

test('no code asks for a package that is not inside', () => {
  const asked = files
    .filter((name) => /\.c?js$/.test(name))
    .flatMap((name) => [
      ...content(name).matchAll(
        /(?:\bfrom|\bimport|\b(?:__)?require\(|\bimport\()\s*["']([^."'][^"']*)["']\s*[;,)\n]/g,
      ),
    ])
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  expect(new Set(asked)).toEqual(new Set(['electron', ...OPTIONAL]));
});

test('the command line inside runs from an empty folder', async () => {
  const { version } = JSON.parse(content('package.json'));
  const cli = join(extracted, 'dist/main/cli.js');
  const { stdout } = await run(process.execPath, [cli, '--version'], { cwd: extracted });
  expect(stdout.trim()).toBe(version);
});

test('the app inside opens its window, serves its page, and ends when it is quit', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    import { once } from 'node:events';
    const standIn = ${JSON.stringify(STAND_IN)};
    registerHooks({
      resolve: (name, context, next) =>
        name === 'electron' ? { url: standIn, shortCircuit: true } : next(name, context),
    });
    const { app, protocol, BrowserWindow } = await import(standIn);
    process.argv.push('--data-dir=data');
    await import('./dist/main/main.js');
    const opened = once(app, 'web-contents-created');
    app.started.resolve();
    await opened;
    const page = await protocol.handlers.get('app')(new Request('app://lanyard/'));
    const { loaded, options } = BrowserWindow.open[0];
    console.log(JSON.stringify([loaded, options.webPreferences.preload, await page.text()]));
    app.quit();
  `;
  // Where that is possible, away from the network: the app looks for rooms as soon as it starts.
  const [alone, ...node] = [
    ...(whyNoLan() === null ? ['unshare', '--net'] : []),
    process.execPath,
    '--input-type=module',
  ];
  const { stdout } = await run(alone, [...node, '-e', script], { cwd: extracted });
  expect(JSON.parse(stdout)).toEqual([
    'app://lanyard/',
    join(extracted, 'dist/preload/preload.cjs'),
    content('dist/renderer/index.html'),
  ]);
});

test('around it is a program of our name, in the languages of the app', async () => {
  expect(await readdir(unpacked)).toContain('lanyard');
  expect((await readdir(join(unpacked, 'locales'))).toSorted()).toEqual(['en-US.pak', 'zh-CN.pak']);
});

test('its fuses are set', async () => {
  const [, after = ''] = (await readFile(join(unpacked, 'lanyard'), 'latin1')).split(FUSES_AT);
  // In the order of Electron's first version of them; 1 is on.
  expect({
    runAsNode: after[0],
    cookieEncryption: after[1],
    nodeOptions: after[2],
    nodeCliInspect: after[3],
    embeddedAsarIntegrityValidation: after[4],
    onlyLoadAppFromAsar: after[5],
    loadBrowserProcessSpecificV8Snapshot: after[6],
    grantFileProtocolExtraPrivileges: after[7],
    rest: after.slice(8),
  }).toEqual({
    runAsNode: '0',
    // It would open the keyring, and there are no cookies.
    cookieEncryption: '0',
    nodeOptions: '0',
    nodeCliInspect: '0',
    embeddedAsarIntegrityValidation: '1',
    onlyLoadAppFromAsar: '1',
    loadBrowserProcessSpecificV8Snapshot: '0',
    grantFileProtocolExtraPrivileges: '0',
    rest: '.',
  });
});

describe.skipIf(noDeb !== null)(`on Linux${noDeb === null ? '' : ` (skipped: ${noDeb})`}`, () => {
  test('the deb is this program, and brings what Electron loads', async () => {
    const { stdout } = await run('dpkg-deb', ['--field', theDeb()]);
    const fields = stdout.split('\n');
    expect(fields).toContain('Package: lanyard');
    expect(fields).toContain(`Version: ${manifest.version}`);
    expect(fields).toContain('Section: net');
    expect(stdout).not.toMatch(/^Recommends/m);
    const depends = /^Depends: (.*)$/m.exec(stdout)?.[1]?.split(', ');
    expect(depends).toEqual(
      expect.arrayContaining([
        'libgtk-3-0t64 | libgtk-3-0',
        'libasound2t64 | libasound2',
        'libdrm2',
        'libgbm1',
        'libnss3',
        'xdg-utils',
      ]),
    );
  });

  test('the deb has the program, its launcher that opens links, and the licence', () => {
    expect(inDeb('./opt/Lanyard/lanyard')).toContain(FUSES_AT.slice(0, 32));
    const entry = inDeb('./usr/share/applications/lanyard.desktop').split('\n');
    expect(entry).toContain('Exec=/opt/Lanyard/lanyard %U');
    expect(entry).toContain('MimeType=x-scheme-handler/lanyard;');
    expect(inDeb('./usr/share/doc/lanyard/copyright')).toMatch(/^MIT License/);
  });

  test('an AppImage that cannot be made keeps nothing else from it, and is told', () => {
    expect(dist.stderr).toMatch(/^Not made: AppImage/m);
  });

  test('the launcher of the AppImage leaves the sandbox on', async () => {
    const entry = await readFile(join(temporary, 'tools/AppImage.desktop'), 'utf8');
    expect(entry.split('\n')).toContain('Exec=AppRun %U');
  });
});

test('the exit code says whether all was made', () => {
  expect(dist).toMatchObject({ status: noDeb === null ? 1 : 0 });
});

const theDeb = () => join(release, `Lanyard-${manifest.version}-linux-amd64.deb`);

function inDeb(path: string): string {
  const tar = spawnSync('dpkg-deb', ['--fsys-tarfile', theDeb()], { maxBuffer: 2 ** 26 }).stdout;
  return spawnSync('tar', ['--extract', '--to-stdout', path], { input: tar }).stdout.toString();
}

/** What electron-builder would fetch for an AppImage; here it keeps the launcher, and then fails. */
async function appImageTools(): Promise<string> {
  const folder = join(temporary, 'tools');
  const programs = `linux-${process.arch}`;
  await mkdir(join(folder, programs), { recursive: true });
  await mkdir(join(folder, 'lib/x64'), { recursive: true });
  const keep = `#!/bin/sh\ncp "$1"/*.desktop '${folder}/AppImage.desktop'\nexit 1\n`;
  for (const [name, text] of [
    [`${programs}/mksquashfs`, keep],
    [`${programs}/desktop-file-validate`, ''],
    ['runtime-x64', ''],
  ] as const) {
    await writeFile(join(folder, name), text, { mode: 0o755 });
  }
  return folder;
}

/** The files of ours that a file names: imports, script and link elements, URLs in styles. */
function referencesIn(name: string): string[] {
  if (!/\.(?:c?js|html|css)$/.test(name)) return [];
  const quoted = content(name).matchAll(/["'`(]([\w./-]+\.\w+)["'`)]/g);
  return [...quoted]
    .map(([, reference = '']) => posix.join(posix.dirname(name), reference))
    .filter((reference) => files.includes(reference));
}
