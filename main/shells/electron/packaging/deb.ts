#!/usr/bin/env node
/**
 * Makes a deb: what electron-builder asks of fpm, done with dpkg-deb. Its own fpm is a download, and
 * dpkg-deb is on every Debian and Ubuntu. The command line is fpm's, as much of it as is asked.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
} from 'node:fs/promises';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { debControl } from './deb-control.ts';

/** fpm's names of what dpkg-deb calls otherwise. */
const COMPRESSIONS: Readonly<Record<string, string>> = { gz: 'gzip', zst: 'zstd' };

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

const OPTIONS = {
  'input-type': { ...text, short: 's' },
  'output-type': { ...text, short: 't' },
  package: text,
  name: text,
  version: text,
  iteration: text,
  architecture: text,
  maintainer: text,
  url: text,
  description: text,
  category: text,
  depends: { ...texts, short: 'd' },
  'deb-recommends': texts,
  'deb-priority': text,
  'deb-compression': text,
  'after-install': text,
  'after-remove': text,
  // A deb has no place for these.
  vendor: text,
  license: text,
  // What they ask for is done anyway, or there is none of it.
  force: { type: 'boolean' },
  debug: { type: 'boolean' },
  log: text,
} as const;

const work = await mkdtemp(join(tmpdir(), 'lanyard-deb-'));
try {
  await makeDeb(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    `No deb was made: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  await rm(work, { recursive: true, force: true });
}

async function makeDeb(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values['output-type'] !== 'deb') {
    throw new Error(`only a deb can be made here, not '${values['output-type']}'.`);
  }
  const root = join(work, 'root');
  for (const mapping of positionals) await place(mapping, root);
  const { files, kibibytes } = await settle(root);

  const { version = '', iteration, url = '', depends = [], description = '' } = values;
  const control = debControl({
    package: values.name ?? '',
    version: iteration === undefined ? version : `${version}-${iteration}`,
    architecture: values.architecture ?? '',
    maintainer: values.maintainer ?? '',
    installedSize: kibibytes,
    depends,
    recommends: values['deb-recommends'] ?? [],
    section: values.category ?? 'misc',
    priority: values['deb-priority'] ?? 'optional',
    homepage: url,
    description,
  });
  const about = join(root, 'DEBIAN');
  await mkdir(about);
  await writeFile(join(about, 'control'), control, { mode: 0o644 });
  await writeFile(join(about, 'md5sums'), await sumsOf(files, root), { mode: 0o644 });
  await addScript(values['after-install'], join(about, 'postinst'));
  await addScript(values['after-remove'], join(about, 'postrm'));
  build(root, values['deb-compression'] ?? 'xz', values.package ?? '');
}

/** Does what `FROM=TO` says: a file to that path, or with a `/` behind FROM what is in a folder. */
async function place(mapping: string, root: string): Promise<void> {
  const equals = mapping.lastIndexOf('=');
  const [from, to] = [mapping.slice(0, equals), mapping.slice(equals + 1)];
  if (equals < 1 || !to.startsWith('/')) throw new Error(`'${mapping}' is not FROM=/TO.`);
  const target = join(root, posix.normalize(to));
  await mkdir(dirname(target), { recursive: true });
  await cp(from, target, { recursive: from.endsWith('/'), verbatimSymlinks: true });
}

/** Gives all the permissions of every package, whatever the builder's umask was, and counts. */
async function settle(root: string): Promise<{ files: string[]; kibibytes: number }> {
  const files: string[] = [];
  // As dpkg-gencontrol counts: files by their size, everything else as one.
  let kibibytes = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { mode, size } = await lstat(path);
    kibibytes += entry.isFile() ? Math.ceil(size / 1024) : 1;
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || (mode & 0o111) !== 0;
    await chmod(path, isProgram ? 0o755 : 0o644);
    if (entry.isFile()) files.push(path);
  }
  await chmod(root, 0o755);
  return { files: files.toSorted(), kibibytes };
}

async function sumsOf(files: readonly string[], root: string): Promise<string> {
  const lines: string[] = [];
  for (const file of files) {
    const sum = createHash('md5').update(await readFile(file));
    lines.push(`${sum.digest('hex')}  ${relative(root, file)}\n`);
  }
  return lines.join('');
}

async function addScript(from: string | undefined, to: string): Promise<void> {
  if (from === undefined) return;
  await copyFile(from, to);
  await chmod(to, 0o755);
}

function build(root: string, compression: string, deb: string): void {
  const how = ['--root-owner-group', `-Z${COMPRESSIONS[compression] ?? compression}`];
  const { error, status, stderr } = spawnSync('dpkg-deb', [...how, '--build', root, deb], {
    encoding: 'utf8',
  });
  if (error)
    throw new Error(`dpkg-deb is not there. It comes with the package dpkg. (${error.message})`);
  if (status !== 0) throw new Error(stderr.trim());
}
