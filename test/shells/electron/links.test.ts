import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { registerLinks } from '../../../main/shells/electron/links.ts';
import { app, resetElectron } from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

test.each([
  // The package's desktop entry says it; anything more would be left in the person's settings.
  { platform: 'linux', isPackaged: true, registered: [] },
  { platform: 'linux', isPackaged: false, registered: [] },
  { platform: 'darwin', isPackaged: true, registered: [['lanyard']] },
  { platform: 'darwin', isPackaged: false, registered: [] },
  { platform: 'win32', isPackaged: true, registered: [['lanyard']] },
  {
    platform: 'win32',
    isPackaged: false,
    registered: [['lanyard', process.execPath, ['/app']]],
  },
])('who opens links is told to $platform, packaged: $isPackaged', (given) => {
  const here = process.platform;
  onTestFinished(() => void Object.defineProperty(process, 'platform', { value: here }));
  Object.defineProperty(process, 'platform', { value: given.platform });
  app.isPackaged = given.isPackaged;
  registerLinks();
  expect(app.opened).toEqual(given.registered);
});
