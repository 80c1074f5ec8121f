/** How large what is shipped is. Bytes. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createPackage } from '@electron/asar';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = join(ROOT, 'dist/main');

/** What a module names in its `import … from` and `export … from` without asking for it later. */
const STATIC = /^(?:import|export)\b[^;'"]*["']\.\/([^"']+)["']/gm;

export interface Sizes {
  /** Scripts and styles of the page, as an archive of each would be. */
  readonly rendererGzipped: number;
  readonly preload: number;
  /** All scripts of the main process. */
  readonly main: number;
  /** Those that `lanyard open` reads before its first page is served. */
  readonly atStart: number;
  /** What is shipped, in one file. */
  readonly asar: number;
}

/** `folder` goes with the bench. */
export async function sizesOf(folder: string): Promise<Sizes> {
  const assets = join(ROOT, 'dist/renderer/assets');
  const page = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name));
  const scripts = readdirSync(MAIN).filter((name) => name.endsWith('.js'));
  return {
    rendererGzipped: sum(page.map((name) => gzipSync(readFileSync(join(assets, name))).length)),
    preload: statSync(join(ROOT, 'dist/preload/preload.cjs')).size,
    main: sum(scripts.map(sizeOf)),
    atStart: sum(
      [
        ...neededBy(
          'cli.js',
          scripts.find((name) => name.startsWith('open-')),
        ),
      ].map(sizeOf),
    ),
    asar: await asarSize(mkdtempSync(join(folder, 'asar-'))),
  };
}

/** These scripts and what they import at once, and so on. */
function neededBy(...names: readonly (string | undefined)[]): ReadonlySet<string> {
  const needed = new Set(names.filter((name) => name !== undefined));
  // A set is walked to what is added on the way as well.
  for (const name of needed) {
    for (const [, imported = ''] of readFileSync(join(MAIN, name), 'utf8').matchAll(STATIC)) {
      needed.add(imported);
    }
  }
  return needed;
}

async function asarSize(folder: string): Promise<number> {
  const shipped = join(folder, 'shipped');
  cpSync(join(ROOT, 'dist'), join(shipped, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(shipped, 'package.json'));
  const file = join(folder, 'app.asar');
  await createPackage(shipped, file);
  return statSync(file).size;
}

const sizeOf = (name: string) => statSync(join(MAIN, name)).size;
const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
