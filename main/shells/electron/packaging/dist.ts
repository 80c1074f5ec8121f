/**
 * `npm run dist`: makes the installers for the system it runs on, or what its arguments ask for,
 * which are electron-builder's. The exit code is 0 only when all were made.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Each gets a run of its own: in one, a target that fails keeps those behind it from being made. */
const LINUX_TARGETS = ['deb', 'AppImage'];

const PLATFORM = /^(?:--(?:linux|win|windows|mac|macos)(?:=.*)?|-[lwmo]+)$/;

const args = process.argv.slice(2);
const isLinux = process.platform === 'linux';

if (isLinux && !args.some((argument) => PLATFORM.test(argument))) {
  const missing = LINUX_TARGETS.filter((target) => !build(['--linux', target, ...args]));
  if (missing.length > 0) {
    process.stderr.write(
      `Not made: ${missing.join(' and ')}, for the reason above. ` +
        'Electron itself and the runtime of an AppImage are downloads; the deb needs dpkg-deb.\n',
    );
    process.exitCode = 1;
  }
} else if (!build(args)) {
  process.exitCode = 1;
}

/** Whether electron-builder could do it. */
function build(what: readonly string[]): boolean {
  const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
  const { PATH = '', CUSTOM_FPM_PATH = join(import.meta.dirname, 'deb.ts') } = process.env;
  const env = {
    ...process.env,
    // What it starts by `#!/usr/bin/env node` is run by this Node.
    ...(isLinux && {
      CUSTOM_FPM_PATH,
      PATH: `${dirname(process.execPath)}${delimiter}${PATH}`,
    }),
  };
  const { status } = spawnSync(process.execPath, [builder, ...what], { stdio: 'inherit', env });
  return status === 0;
}
