import { dialog } from 'electron';
import type { App } from '../../app.ts';
import { LanyardError } from '../../errors.ts';
import type { KeyWrap } from '../../identity/key-wrap.ts';
import type { KeyStore } from './key-wrap.ts';
import { menuStrings } from './menu-strings.ts';

/**
 * Starts the app with the system's key store. Where that is locked it is left alone, unless this
 * device's key lies in it: then the person is told why the system is about to ask for a password.
 * Rejects with what `start` rejects with; `identity-stayed-locked` when the store stays locked.
 */
export async function startUnlocked(
  start: (keyWrap: KeyWrap | null) => Promise<App>,
  store: KeyStore,
  locale: string,
): Promise<App> {
  try {
    return await start(store.state === 'open' ? store.keyWrap : null);
  } catch (error) {
    const isLocked = error instanceof LanyardError && error.code === 'identity-locked';
    if (!isLocked || store.state !== 'locked') throw error;
  }
  const { lockedTitle, lockedText, unlock, quit } = menuStrings('system', locale);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: lockedTitle,
    detail: lockedText,
    buttons: [unlock, quit],
    defaultId: 0,
    cancelId: 1,
  });
  const keyWrap = response === 0 ? store.unlock() : null;
  if (keyWrap === null) throw new LanyardError({ code: 'identity-stayed-locked' });
  return start(keyWrap);
}
