/** Installs what the tests need and this computer lacks, by ordinary means, saying so. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { packageProgram } from './package-program.ts';

type Say = (line: string) => void;

/** Programs that some tests talk to, and the Debian packages they come in. */
const TEST_PARTNERS = [
  ['avahi-daemon', 'avahi-daemon'],
  ['avahi-browse', 'avahi-utils'],
  ['dbus-daemon', 'dbus'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
  ['ip', 'iproute2'],
  ['nginx', 'nginx-light'],
  ['openssl', 'openssl'],
] as const;

/** Finds a Chromium or installs one; null when neither is possible. */
export function ensureChromium(say: Say): string | null {
  const found = findChromium();
  if (found !== null) return found;
  if (canAptInstall()) aptInstall(['chromium'], say);
  if (findChromium() === null) {
    say('Fetching a Chromium for the tests: npx playwright install chromium');
    // Only root can install the system libraries it needs as well.
    const withLibraries = canAptInstall() ? ['--with-deps'] : [];
    const [file, ...args] = packageProgram('@playwright/test', 'playwright');
    run(file, [...args, 'install', ...withLibraries, 'chromium'], say);
  }
  return findChromium();
}

/** On a CI machine that allows it, installs the programs that tests would skip without. */
export function installTestPartners(say: Say): void {
  if (process.env['CI'] === undefined || !canAptInstall()) return;
  const missing = TEST_PARTNERS.filter(([program]) => !isInstalled(program));
  if (missing.length > 0)
    aptInstall(
      missing.map(([, name]) => name),
      say,
    );
}

function canAptInstall(): boolean {
  return process.getuid?.() === 0 && isInstalled('apt-get');
}

function isInstalled(program: string): boolean {
  return ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, program)));
}

function aptInstall(packages: readonly string[], say: Say): void {
  say(`Installing what is missing for the tests: apt-get install ${packages.join(' ')}`);
  if (run('apt-get', ['update'], say)) {
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], say);
  }
}

/** Runs a command to its end; says what it printed when it fails. */
function run(file: string, args: readonly string[], say: Say): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error, stdout, stderr } = spawnSync(file, args, { env, encoding: 'utf8' });
  if (status === 0) return true;
  say(`That failed: ${error?.message ?? `${stdout}${stderr}`}`);
  return false;
}
