/** Whether Linux's keyring can be used without the system asking for a password first. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How long the bus may take to answer, in ms: the window waits for it. */
const LIMIT_MS = 2_000;

/**
 * True when there is a default keyring and it is unlocked, as the session's Secret Service tells.
 * Asking shows nothing to the person. False also when nobody answers.
 */
export async function isKeyringOpen(): Promise<boolean> {
  const service = 'org.freedesktop.Secret.Service.ReadAlias';
  const keyring = await ask('/org/freedesktop/secrets', service, 'default');
  // A lone slash stands for none.
  if (keyring === null || !/^\/\w/.test(keyring)) return false;
  const property = ['org.freedesktop.Secret.Collection', 'Locked'];
  const locked = await ask(keyring, 'org.freedesktop.DBus.Properties.Get', ...property);
  return locked?.endsWith('boolean false') ?? false;
}

/** Calls a method of the Secret Service; what it answers, or null. */
async function ask(object: string, method: string, ...texts: string[]): Promise<string | null> {
  const options = ['--session', '--print-reply=literal', '--dest=org.freedesktop.secrets'];
  const values = texts.map((text) => `string:${text}`);
  try {
    // It comes with the bus itself: no library of ours has to speak its protocol.
    const command = [...options, object, method, ...values];
    const { stdout } = await promisify(execFile)('dbus-send', command, { timeout: LIMIT_MS });
    return stdout.trim();
  } catch {
    return null;
  }
}
