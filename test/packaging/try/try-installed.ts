/**
 * Tries an installed Lanyard as the people of a room would: it is started from its launcher and hosts
 * a room, two others chat there, a link reaches its window.
 *
 *     npm run try-installed -- deb|nsis|dmg|AppImage [PATH] [--pictures FOLDER]
 *
 * Nobody clicks "Host": the room was hosted before in its data folder, and it opens that one again.
 * So this is for an account that has no data of Lanyard yet; on Linux without a display it brings one
 * of its own (xvfb, dbus, openbox, xdotool, imagemagick).
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultDataDir } from '../../../main/storage/data-dir.ts';
import { Program } from '../../e2e/program.ts';
import { check, checklist, must, until } from './check.ts';
import { click, processes, quit, takePicture, type, whyNotSandboxed } from './desktop.ts';
import type { Process } from './desktop.ts';
import { installedBy } from './installed.ts';
import type { Installed } from './installed.ts';

const CLI = fileURLToPath(new URL('../../../dist/main/cli.js', import.meta.url));

/** What stands in the commands of Chromium's own helpers. */
const HELPER = /--type=|crashpad/;

const SAID = 'Hello from the other desk';
const SAID_BACK = 'hello from the window';

/** ms until what was typed is typed again. */
const ANSWER_MS = 2_000;

const { values, positionals } = parseArgs({
  options: { pictures: { type: 'string' } },
  allowPositionals: true,
});
const [kind = '', path] = positionals;
const installed = installedBy(kind, path && resolve(path));

if (installed === null) {
  process.stderr.write('Say which: deb, nsis, dmg, or AppImage PATH.\n');
  process.exitCode = 2;
} else if (process.platform === 'linux' && !process.env['DISPLAY']) {
  const again = [process.execPath, ...process.argv.slice(1)];
  const desktop = [
    'dbus-run-session',
    '--',
    'sh',
    '-c',
    'openbox >/dev/null 2>&1 & exec "$0" "$@"',
    ...again,
  ];
  const { status } = spawnSync('xvfb-run', ['-a', '-s', '-screen 0 1280x800x24', ...desktop], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  await checklist(() => tryIt(installed));
}

async function tryIt({ program, start, open }: Installed): Promise<void> {
  const dataDir = defaultDataDir();
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-try-'));
  const others: Program[] = [];
  /** The command line of this checkout, in a data folder that belongs to nobody else. */
  const lanyard = (name: string, args: readonly string[], home = join(folder, name)): Program => {
    const other = new Program(
      spawn(process.execPath, [CLI, ...args, '--name', name, '--data-dir', home]),
    );
    others.push(other);
    return other;
  };
  const its = async (): Promise<Process[]> =>
    (await processes()).filter(({ command }) =>
      command.toLowerCase().startsWith(program.toLowerCase()),
    );
  /** The one process of it that is not a helper. */
  const itsMain = async (): Promise<Process> => {
    const [main, ...more] = (await its()).filter(({ command }) => !HELPER.test(command));
    if (main === undefined || more.length > 0) throw new Error(`It runs ${more.length + 1} times.`);
    return main;
  };

  try {
    await check('nothing of it is there yet', async () => {
      must(process.getuid?.() !== 0, 'This is for an ordinary user.');
      must(!existsSync(dataDir), `This is for an account without ${dataDir}.`);
      must((await its()).length === 0, `${program} runs already.`);
    });

    const port = await check('a room was hosted in its data folder', async () => {
      const host = lanyard('Ann', ['host', '--room', 'Try', '--json'], dataDir);
      const [, found = ''] = await host.line(/"port":(\d+)/);
      await host.stop();
      const settings = JSON.stringify({ name: 'Ann', language: 'en' });
      await writeFile(join(dataDir, 'settings.json'), settings);
      return found;
    });

    const main = await check('it starts from its launcher', async () => {
      await click(start);
      return until(itsMain);
    });

    const ben = await check('it hosts the room, and somebody comes in', () =>
      until(async () => {
        const guest = lanyard('Ben', ['chat', `127.0.0.1:${port}`]);
        await guest.line(/You are in “Try”/);
        return guest;
      }),
    );

    await check('what another says there arrives', async () => {
      const cleo = lanyard('Cleo', ['chat', `127.0.0.1:${port}`]);
      cleo.write(SAID);
      must((await cleo.end()) === 0, cleo.output);
      await ben.line(new RegExp(`Cleo.*${SAID}`));
    });

    const emil = await check('a link reaches its window, and Enter there leads on', async () => {
      const dora = lanyard('Dora', ['host', '--room', 'Elsewhere', '--listen', '127.0.0.1']);
      const [, link = ''] = await dora.line(/(lanyard:\S+)/);
      const guest = lanyard('Emil', ['chat', link]);
      await guest.line(/You are in/);
      await click(open(link));
      await until(async () => {
        await picture('1-link');
        await type(main.pid, '');
        await dora.line(/Ann came in/, ANSWER_MS);
      });
      return guest;
    });

    await check('what is typed there arrives', async () => {
      await until(async () => {
        await type(main.pid, SAID_BACK);
        await emil.line(new RegExp(`Ann.*${SAID_BACK}`), ANSWER_MS);
      });
    });
    await picture('2-room');

    await check('all that was one process, and its page is sandboxed', async () => {
      // Whatever passed the link on has ended, or soon will.
      const { pid } = await until(itsMain);
      must(pid === main.pid, 'Another one has taken its place.');
      const running = await its();
      const bare = running.filter(({ command }) => command.includes('--no-sandbox'));
      must(bare.length === 0, bare.map(({ command }) => command).join('\n'));
      const pages = running.filter(({ command }) => command.includes('--type=renderer'));
      must(pages.length > 0, 'There is no page.');
      for (const page of pages) {
        const why = whyNotSandboxed(page);
        must(why === null, `${page.command}: ${why}`);
      }
    });
    await check('it quits in order', async () => {
      await quit(main.pid);
      await until(async () => must((await its()).length === 0, 'It still runs.'));
      const log = await readFile(join(dataDir, 'logs/lanyard.log'), 'utf8');
      must(/ app-ended\s*$/.test(log) && !/ error /.test(log), log);
    });

    await check('its data folder has what was said', () => {
      const what = ['export', '--room', 'Try', '--data-dir', dataDir];
      const { stdout, stderr } = spawnSync(process.execPath, [CLI, ...what], { encoding: 'utf8' });
      must(stdout.includes(SAID), `${stdout}${stderr}`);
    });
  } finally {
    await Promise.all(others.map((other) => other.stop()));
    for (const { pid } of await its()) end(pid);
    await rm(folder, { recursive: true, force: true });
  }
}

/** For whoever looks at them afterwards. */
async function picture(name: string): Promise<void> {
  if (values.pictures === undefined) return;
  await mkdir(values.pictures, { recursive: true });
  await takePicture(resolve(values.pictures, `${name}.png`));
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with the one before.
  }
}
