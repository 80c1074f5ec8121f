/** Key stores of a system, for tests. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyWrap } from '../../main/identity/key-wrap.ts';

/** One that works: each has a key of its own, and refuses what another one wrapped. */
export function workingKeyWrap(): KeyWrap {
  const key = randomBytes(32);
  return {
    wrap(secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    unwrap(wrapped) {
      const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12));
      decipher.setAuthTag(wrapped.subarray(12, 28));
      return Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]).toString();
    },
  };
}

/** One that does not answer. */
export const deadKeyWrap: KeyWrap = {
  wrap() {
    throw new Error('the key store does not answer');
  },
  unwrap() {
    throw new Error('the key store does not answer');
  },
};
