/** A session bus of a test's own with a GNOME keyring on it, as a desktop session has one. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Program } from './program.ts';

/** Why there can be none here, or null when there can. */
export const whyNoKeyring = (): string | null =>
  spawnSync('gnome-keyring-daemon', ['--version']).error === undefined
    ? null
    : 'gnome-keyring is not installed';

export interface SessionBus {
  /** What a program of the session has to have in its environment. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts one whose user has no keyring yet, or, with a `password`, a login keyring that it
 * unlocks. `home` takes what the keyring keeps.
 */
export async function startSessionBus(home: string, password: string | null): Promise<SessionBus> {
  const own = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data') };
  const args = ['--session', '--nofork', '--print-address'];
  const bus = new Program(spawn('dbus-daemon', args, { env: own }));
  const { input: address } = await bus.line(/^unix:.*/);
  const env = {
    HOME: home,
    XDG_DATA_HOME: own.XDG_DATA_HOME,
    DBUS_SESSION_BUS_ADDRESS: address,
    // Which key store Chromium chooses.
    XDG_CURRENT_DESKTOP: 'GNOME',
  };
  if (password !== null) {
    execFileSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      env: { ...own, ...env },
      input: password,
    });
  }
  // Its services end with it.
  return { env, stop: () => bus.stop().then(() => undefined) };
}
