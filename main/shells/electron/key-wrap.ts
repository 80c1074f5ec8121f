import { safeStorage } from 'electron';
import type { KeyWrap } from '../../identity/key-wrap.ts';
import { isKeyringOpen } from './keyring.ts';

/** The system's place for secrets, as it is at the start. */
export type KeyStore =
  | { readonly state: 'open'; readonly keyWrap: KeyWrap }
  /** Using it has the system ask for a password. `unlock` waits for that, and everything with it. */
  | { readonly state: 'locked'; readonly unlock: () => KeyWrap | null }
  | { readonly state: 'none' };

/**
 * Looks without asking the person anything. Only after Electron is ready. On Linux a wallet of KDE
 * counts as locked: nobody can tell whether it would ask.
 */
export async function findKeyStore(isOpen = isKeyringOpen): Promise<KeyStore> {
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    // Electron would wrap with a password that everybody knows.
    if (backend === 'basic_text') return { state: 'none' };
    if (backend !== 'gnome_libsecret' || !(await isOpen())) {
      return { state: 'locked', unlock: systemKeyWrap };
    }
  }
  const keyWrap = systemKeyWrap();
  return keyWrap === null ? { state: 'none' } : { state: 'open', keyWrap };
}

function systemKeyWrap(): KeyWrap | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  return {
    wrap: (secret) => safeStorage.encryptString(secret),
    unwrap: (wrapped) => safeStorage.decryptString(Buffer.from(wrapped)),
  };
}
