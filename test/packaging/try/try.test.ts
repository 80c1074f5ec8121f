/** What the tries of installers stand on. The tries themselves take minutes, and are run by hand. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from './check.ts';
import { parseProcesses, processes, whyNotSandboxed } from './desktop.ts';
import { installedBy } from './installed.ts';

test('processes are read from what ps and PowerShell print', () => {
  const ps = '    1 /sbin/launchd\n  612 /Applications/Lanyard.app/Contents/MacOS/Lanyard a b\n';
  expect(parseProcesses(ps)).toEqual([
    { pid: 1, command: '/sbin/launchd' },
    { pid: 612, command: '/Applications/Lanyard.app/Contents/MacOS/Lanyard a b' },
  ]);
  const powershell = '0 \r\n4242 "C:\\Programs\\Lanyard\\Lanyard.exe" --type=renderer\r\n';
  expect(parseProcesses(powershell)).toEqual([
    { pid: 4242, command: 'C:\\Programs\\Lanyard\\Lanyard.exe" --type=renderer' },
  ]);
});

test('this process is among those of this computer', async () => {
  const own = (await processes()).find(({ pid }) => pid === process.pid);
  expect(own?.command).toMatch(/node/i);
});

const elsewhere = process.platform === 'linux' ? '' : ' (skipped: only Linux tells)';
test.skipIf(elsewhere !== '')(`a process without Chromium’s sandbox is found${elsewhere}`, () => {
  expect(whyNotSandboxed({ pid: process.pid, command: '' })).not.toBeNull();
  expect(whyNotSandboxed({ pid: 0, command: '' })).toBe('it is gone');
});

test('what does not become true is told with its last reason', async () => {
  let looks = 0;
  const look = (): never => {
    throw new Error(`look ${(looks += 1)}`);
  };
  await expect(until(look, 0)).rejects.toThrow('look 1');
});

test('there are four kinds of installers', () => {
  for (const kind of ['deb', 'nsis', 'dmg']) expect(installedBy(kind, undefined)).not.toBeNull();
  expect(installedBy('AppImage', '/a/Lanyard.AppImage')?.start).toEqual(['/a/Lanyard.AppImage']);
  expect(installedBy('AppImage', undefined)).toBeNull();
  expect(installedBy('rpm', undefined)).toBeNull();
});

test.each([
  ['try-deb.ts', [], /Say which deb/],
  ['try-deb.ts', ['/no/such.deb'], /no \/no\/such\.deb/],
  ['try-installed.ts', ['rpm'], /Say which: deb, nsis, dmg, or AppImage PATH/],
])('%s %j is refused', (script, args, sentence) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, script), ...args],
    { encoding: 'utf8' },
  );
  expect(stderr).toMatch(sentence);
  expect(status).toBe(2);
});
