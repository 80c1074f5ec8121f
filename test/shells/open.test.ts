/** `lanyard open` where what it needs of the system is not as it should be. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Lanyard, temporaryFolder } from '../support/lanyard.ts';

/** Electron is started for ordinary users with a display alone. */
const ORDINARY = {
  DISPLAY: ':0',
  NODE_OPTIONS: '--import=data:text/javascript,process.getuid=()=>1000',
};

test.skipIf(process.platform === 'win32')(
  'an Electron that cannot be started is told of in a sentence',
  async () => {
    const folder = temporaryFolder();
    // It is there, and no program.
    writeFileSync(join(folder, 'electron'), '', { mode: 0o600 });
    const args = ['open', '--shell=electron', '--data-dir', temporaryFolder()];
    const program = new Lanyard(args, { ...ORDINARY, ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toMatch(
      /^lanyard: Electron could not be started \(EACCES\)\. [^\n]+ \(electron-failed\)\n$/,
    );
  },
);

test('without a browser to open it in, it says where the page is', async () => {
  const nothing = join(temporaryFolder(), 'bin');
  mkdirSync(nothing);
  const args = ['open', '--shell=browser', '--data-dir', temporaryFolder()];
  const program = new Lanyard(args, { PATH: nothing });
  await program.prints(/^Lanyard is ready at http/m);
  program.signal('SIGTERM');
  expect(await program.ended).toBe(0);
});
