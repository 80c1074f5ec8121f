/** The packer that electron-builder calls for a deb, on a small folder, looked at with dpkg-deb. */
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { debControl } from '../../main/shells/electron/packaging/deb-control.ts';
import { temporaryFolder } from '../support/lanyard.ts';
import { whyNoDpkg } from './why-no-dpkg.ts';

const run = promisify(execFile);
const PACKER = fileURLToPath(
  new URL('../../main/shells/electron/packaging/deb.ts', import.meta.url),
);

const FIELDS = {
  package: 'trial',
  version: '1.2.0~beta.1',
  architecture: 'amd64',
  maintainer: 'Ann Example <ann@example.org>',
  installedSize: 12,
  depends: ['libc6 (>= 2.36)', 'libasound2t64 | libasound2'],
  recommends: [],
  section: 'net',
  priority: 'optional',
  homepage: 'https://example.org/',
  description: 'Tries things\n out',
};

describe('the control file', () => {
  test('has the fields of Debian policy 5.3, and none that are empty', () => {
    expect(debControl(FIELDS)).toBe(
      [
        'Package: trial',
        'Version: 1.2.0~beta.1',
        'Architecture: amd64',
        'Maintainer: Ann Example <ann@example.org>',
        'Installed-Size: 12',
        'Depends: libc6 (>= 2.36), libasound2t64 | libasound2',
        'Section: net',
        'Priority: optional',
        'Homepage: https://example.org/',
        'Description: Tries things',
        ' out',
        '',
      ].join('\n'),
    );
    expect(debControl({ ...FIELDS, recommends: ['gio'] })).toContain('\nRecommends: gio\n');
  });

  test('keeps the paragraphs of a description, and wraps its lines', () => {
    const long = 'word '.repeat(40).trimEnd();
    const description = `\nTries things\n\n  One.\r\n\n\n${long}\n${'x'.repeat(100)}\n\n`;
    const [, ...lines] = debControl({ ...FIELDS, description }).split('\nDescription: ');
    expect(lines.join('').split('\n')).toEqual([
      'Tries things',
      ' .',
      ' One.',
      ' .',
      ` ${'word '.repeat(15)}word`,
      ` ${'word '.repeat(15)}word`,
      ` ${'word '.repeat(7)}word`,
      ` ${'x'.repeat(100)}`,
      '',
    ]);
  });

  test.each([
    ['package', 'Trial'],
    ['package', 'trial\nEssential: yes'],
    ['version', 'v1.0'],
    ['version', '1.0\nEssential: yes'],
    ['architecture', 'amd64 i386'],
    ['maintainer', 'Ann Example'],
    ['maintainer', 'Ann\nEssential: yes <ann@example.org>'],
    ['depends', ['libc6, essential']],
    ['depends', ['libc6\nEssential: yes']],
    ['depends', ['']],
    ['recommends', ['Gio']],
    ['section', 'net\nEssential: yes'],
    ['priority', 'high priority'],
    ['homepage', 'example.org'],
    ['homepage', 'https://example.org/\nEssential: yes'],
    ['description', ' \n\n'],
    ['description', 'Tries things\u{0}'],
  ])('refuses a %s like %j', (field, value) => {
    expect(() => debControl({ ...FIELDS, [field]: value })).toThrow(new RegExp(field, 'i'));
  });
});

const reason = whyNoDpkg();

describe.skipIf(reason !== null)(
  `the packer${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    test('makes a package that says what it is and what it needs', async () => {
      const given = sources();
      await run(PACKER, argumentsFor(given));
      const field = async (name: string) =>
        (await run('dpkg-deb', ['--field', given.deb, name])).stdout.trimEnd();
      expect(await field('Package')).toBe('trial');
      expect(await field('Version')).toBe('1.2.0~beta.1');
      expect(await field('Depends')).toBe('libc6, libasound2t64 | libasound2');
      expect(await field('Recommends')).toBe('gio');
      expect(await field('Section')).toBe('net');
      expect(await field('Priority')).toBe('optional');
      expect(await field('Homepage')).toBe('https://example.org');
      expect(await field('Description')).toBe('Tries things\n Out of a folder.');
      // In KiB, as dpkg-gencontrol counts: a file by its size, everything else as one. The folders
      // are opt, Trial, resources, usr, share, icons, hicolor, 16x16 and apps.
      expect(await field('Installed-Size')).toBe(String(9 + 1 + 3 + 1 + 1));
    });

    test('gives everything to root, with the usual permissions', async () => {
      const given = sources();
      await run(PACKER, argumentsFor(given));
      const { stdout } = await run('dpkg-deb', ['--contents', given.deb]);
      const listed = stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^(\S+ \S+) +(\d+) \S+ \S+ /, '$1 $2 '));
      expect(listed).toContain('-rwxr-xr-x root/root 10 ./opt/Trial/trial');
      expect(listed).toContain('-rw-r--r-- root/root 3000 ./opt/Trial/resources/data = 1');
      expect(listed).toContain('lrwxrwxrwx root/root 0 ./opt/Trial/alias -> trial');
      expect(listed).toContain(
        '-rw-r--r-- root/root 4 ./usr/share/icons/hicolor/16x16/apps/trial.png',
      );
      const modes = new Set(
        listed.filter((line) => line.endsWith('/')).map((line) => line.slice(0, 20)),
      );
      expect(modes).toEqual(new Set(['drwxr-xr-x root/root']));
    });

    test('has the scripts that dpkg runs, and sums that hold', async () => {
      const given = sources();
      await run(PACKER, argumentsFor(given));
      const control = join(given.folder, 'control');
      await run('dpkg-deb', ['--control', given.deb, control]);
      await run(join(control, 'postinst'), []);
      await run(join(control, 'postrm'), []);
      const root = join(given.folder, 'root');
      await run('dpkg-deb', ['--extract', given.deb, root]);
      const sums = readFileSync(join(control, 'md5sums'), 'utf8');
      expect(sums.trimEnd().split('\n')).toHaveLength(3);
      const { stdout } = await run('md5sum', ['--check', join(control, 'md5sums')], { cwd: root });
      expect(stdout).toContain('opt/Trial/resources/data = 1: OK');
    });

    test('compresses as it is told', async () => {
      const given = sources();
      const how = argumentsFor(given);
      how[how.indexOf('xz')] = 'gz';
      await run(PACKER, how);
      const { stdout } = await run('ar', ['t', given.deb]);
      expect(stdout.split('\n')).toContain('data.tar.gz');
    });

    test.each([
      ['a kind of package it cannot make', 'deb', 'rpm', /rpm/],
      ['a version that would add a field', '1.2.0~beta.1', '1\nEssential: yes', /Version/],
      ['an option it does not know', '--force', '--strange', /--strange/],
      ['a compression that dpkg-deb does not know', 'xz', 'lha', /lha/],
    ])('refuses %s, and leaves no package', (_, from, to, sentence) => {
      const given = sources();
      const how = argumentsFor(given).map((argument) => (argument === from ? to : argument));
      const { status, stderr } = spawnSync(PACKER, how, { encoding: 'utf8' });
      expect(status).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(existsSync(given.deb)).toBe(false);
    });
  },
);

/** A folder as electron-builder leaves it, by a builder with a strange umask. */
function sources() {
  const folder = temporaryFolder();
  const app = join(folder, 'unpacked');
  mkdirSync(join(app, 'resources'), { recursive: true, mode: 0o700 });
  writeFileSync(join(app, 'trial'), '#!/bin/sh\n');
  chmodSync(join(app, 'trial'), 0o4711);
  writeFileSync(join(app, 'resources/data = 1'), 'x'.repeat(3000));
  chmodSync(join(app, 'resources/data = 1'), 0o666);
  symlinkSync('trial', join(app, 'alias'));
  writeFileSync(join(folder, 'after-install'), '#!/bin/bash\ntrue\n', { mode: 0o600 });
  writeFileSync(join(folder, 'after-remove'), '#!/bin/bash\ntrue\n', { mode: 0o600 });
  writeFileSync(join(folder, 'icon.png'), 'icon');
  return { folder, app, deb: join(folder, 'trial.deb') };
}

/** As electron-builder 26 calls fpm. */
function argumentsFor({ folder, app, deb }: ReturnType<typeof sources>): string[] {
  const options = {
    'deb-recommends': 'gio',
    'deb-compression': 'xz',
    architecture: 'amd64',
    'after-install': join(folder, 'after-install'),
    'after-remove': join(folder, 'after-remove'),
    description: 'Tries things\n Out of a folder.',
    version: '1.2.0~beta.1',
    package: deb,
    name: 'trial',
    maintainer: 'Ann Example <ann@example.org>',
    vendor: 'Ann Example <ann@example.org>',
    url: 'https://example.org',
    category: 'net',
    'deb-priority': 'optional',
    license: 'MIT',
  };
  return [
    ...'-s dir --force -t deb -d libc6 -d'.split(' '),
    'libasound2t64 | libasound2',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    `${app}/=/opt/Trial`,
    `${folder}/icon.png=/usr/share/icons/hicolor/16x16/apps/trial.png`,
  ];
}
