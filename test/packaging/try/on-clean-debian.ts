/**
 * The inner part of `try-deb`, in its namespaces: makes a Debian in that folder, installs the deb, has
 * an ordinary user try it, removes it, and looks at what is left.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failed, check, checklist, must } from './check.ts';

const MIRROR = 'http://deb.debian.org/debian';
/** A screen, a bus, a window manager, hands and eyes. */
const TOOLS =
  'xvfb xauth dbus-daemon openbox xdotool imagemagick libgtk-3-bin desktop-file-utils iproute2 passwd';
const CHECKOUT = join(import.meta.dirname, '../../..');
const USER = 'visitor';
/** What a person keeps when the program goes. */
const DATA = `/home/${USER}/.config/Lanyard`;
/** What dpkg and apt keep of a package that was removed is theirs. */
const NOT_ITS_OWN = ['/var/lib/dpkg/', '/var/lib/apt/', '/var/cache/', '/var/log/', '/root/'];

const ENV = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
};

const [root = '', deb = '', suite = '', pictures = ''] = process.argv.slice(2);

await checklist(async () => {
  await check(`a clean Debian ${suite} is made`, () => {
    if (run('debootstrap', '--version').error) {
      succeed('apt-get', 'update');
      succeed('apt-get', 'install', '--yes', 'debootstrap', 'debian-archive-keyring');
    }
    succeed('debootstrap', '--variant=minbase', suite, root, MIRROR);
    mount('-t', 'proc', 'proc', '/proc');
    mount('-t', 'tmpfs', 'tmpfs', '/dev/shm');
  });

  await check('apt installs it', () => {
    copyFileSync(deb, join(root, 'root/lanyard.deb'));
    install('/root/lanyard.deb');
  });

  // Before anything else is installed: the package has to bring all of it.
  await check('no library is missing', () => {
    const found = inside('find /opt/Lanyard -maxdepth 1 -type f -perm /111').trim().split('\n');
    const missing = found.flatMap((each) => inside(`ldd ${each}`).match(/.*not found$/gm) ?? []);
    must(missing.length === 0, missing.join('\n'));
  });

  await check('it belongs to root, and nobody else can change it', () => {
    const open = inside('find /opt/Lanyard ( ! -user root -o -perm /022 ) ! -type l');
    must(open === '', open);
  });

  await check('a person comes, with a screen', () => {
    install(...TOOLS.split(' '));
    inside(`useradd --create-home ${USER}`);
    mount('--bind', '-o', 'ro', CHECKOUT, '/mnt/checkout');
    mount('--bind', '-o', 'ro', dirname(process.execPath), '/mnt/node');
  });

  await check('its desktop entry is valid', () => {
    inside('desktop-file-validate /usr/share/applications/lanyard.desktop');
  });

  await check('links are opened by it', () => {
    const handler = inside(`su ${USER} -c`, 'xdg-mime query default x-scheme-handler/lanyard');
    must(handler.trim() === 'lanyard.desktop', `They are opened by '${handler.trim()}'.`);
  });

  const went = tryInstalled();
  if (pictures !== '') keepPictures();
  if (!went) throw new Failed();

  await check('apt removes it', () => {
    inside('apt-get remove --yes lanyard');
  });

  await check('what is left is data', () => {
    inside(`test -s ${DATA}/lanyard.db`);
    const left = traces();
    must(left.length === 0, left.join('\n'));
  });
});

/** On a network of its own: its rooms are nobody else's business. */
function tryInstalled(): boolean {
  const node = `/mnt/node/${basename(process.execPath)}`;
  const script = '/mnt/checkout/test/packaging/try/try-installed.ts';
  const person = `exec su - ${USER} -c '${node} ${script} deb --pictures /tmp/pictures'`;
  const command = ['chroot', root, 'sh', '-c', `ip link set lo up && ${person}`];
  return spawnSync('unshare', ['--net', ...command], { stdio: 'inherit', env: ENV }).status === 0;
}

function keepPictures(): void {
  const taken = join(root, 'tmp/pictures');
  if (existsSync(taken)) cpSync(taken, pictures, { recursive: true });
}

/** Files that have its name, or have it in them, and are not a person's data. */
function traces(): string[] {
  const places = '/etc /home /opt /run /tmp /usr /var';
  // That a place is not there, or nothing is found, is not a failure here.
  const named = run('chroot', root, ...`find ${places} -iname *lanyard*`.split(' ')).stdout;
  const naming = run('chroot', root, ...`grep -rlis lanyard ${places}`.split(' ')).stdout;
  return [...new Set(`${named}${naming}`.trim().split('\n'))].filter(
    (path) => path !== '' && ![DATA, ...NOT_ITS_OWN].some((place) => path.startsWith(place)),
  );
}

function install(...packages: readonly string[]): void {
  inside('apt-get install --yes --no-install-recommends', ...packages);
}

/** What a program on that Debian prints: its words, then more arguments. Throws when it fails. */
function inside(words: string, ...args: readonly string[]): string {
  return succeed('chroot', root, ...words.split(' '), ...args);
}

/** Mounts at a place in that Debian, which is made. */
function mount(...args: readonly string[]): void {
  const place = join(root, args.at(-1) ?? '');
  mkdirSync(place, { recursive: true });
  succeed('mount', ...args.slice(0, -1), place);
}

function succeed(file: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = run(file, ...args);
  const printed = `${stdout}${stderr}`.slice(-2_000);
  must(status === 0, `${[file, ...args].join(' ')}: ${error?.message ?? printed}`);
  return stdout;
}

function run(file: string, ...args: readonly string[]) {
  return spawnSync(file, args, { env: ENV, encoding: 'utf8' });
}
