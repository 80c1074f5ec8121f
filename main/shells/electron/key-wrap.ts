import { safeStorage } from 'electron';
import type { KeyWrap } from '../../identity/key-wrap.ts';

/**
 * The system's place for secrets, null where there is none: on Linux without a keyring Electron
 * would wrap with a password that everybody knows. Only after Electron is ready.
 */
export function systemKeyWrap(): KeyWrap | null {
  const isHollow =
    process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isHollow || !safeStorage.isEncryptionAvailable()) return null;
  return {
    wrap: (secret) => safeStorage.encryptString(secret),
    unwrap: (wrapped) => safeStorage.decryptString(Buffer.from(wrapped)),
  };
}
