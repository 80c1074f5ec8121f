import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LanyardError } from '../../../main/errors.ts';
import type { KeyWrap } from '../../../main/identity/key-wrap.ts';
import { findKeyStore } from '../../../main/shells/electron/key-wrap.ts';
import { startShell } from './running-shell.ts';
import { BrowserWindow, app, dialog, resetElectron, safeStorage } from './stand-in.ts';
import { createStubApp } from './stub-app.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

const isOpen = () => Promise.resolve(true);
const isLocked = () => Promise.resolve(false);

describe('a key store that is open', () => {
  test('what is wrapped can be unwrapped, and is not to be read', async () => {
    const keyWrap = await theKeyWrap();
    const wrapped = keyWrap.wrap('A secret — 密');
    expect(Buffer.from(wrapped).toString()).not.toContain('A secret');
    expect(keyWrap.unwrap(wrapped)).toBe('A secret — 密');
  });

  test('what comes back from a file as plain bytes is unwrapped too', async () => {
    const keyWrap = await theKeyWrap();
    // A view in the middle of something larger, as it comes out of Base64.
    const wrapped = keyWrap.wrap('secret');
    const larger = new Uint8Array(wrapped.length + 8);
    larger.set(wrapped, 4);
    expect(keyWrap.unwrap(larger.subarray(4, 4 + wrapped.length))).toBe('secret');
  });

  test('what was not wrapped here is refused', async () => {
    const keyWrap = await theKeyWrap();
    expect(() => keyWrap.unwrap(new TextEncoder().encode('secret'))).toThrow('decrypting');
  });

  test('a system that encrypts nothing has none', async () => {
    safeStorage.available = false;
    expect(await findKeyStore(isOpen)).toEqual({ state: 'none' });
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('a password that everybody knows is no key store', async () => {
    safeStorage.backend = 'basic_text';
    expect(await findKeyStore(isOpen)).toEqual({ state: 'none' });
  });

  test.each([
    ['gnome_libsecret', isLocked],
    ['kwallet6', isOpen],
  ])('%s that would ask for a password is not touched', async (backend, isKeyringOpen) => {
    safeStorage.backend = backend;
    const touched = vi.spyOn(safeStorage, 'isEncryptionAvailable');
    expect(await findKeyStore(isKeyringOpen)).toMatchObject({ state: 'locked' });
    expect(touched).not.toHaveBeenCalled();
    touched.mockRestore();
  });
});

describe('a key store that is locked', () => {
  const keyWrap: KeyWrap = { wrap: () => new Uint8Array(), unwrap: () => '' };

  test('is left alone when nothing of ours lies in it', async () => {
    const unlock = vi.fn(() => keyWrap);
    const startApp = vi.fn(async () => createStubApp());
    await startShell({ startApp, keyStore: { state: 'locked', unlock } });
    expect(startApp).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ keyWrap: null }));
    expect(unlock).not.toHaveBeenCalled();
    expect(dialog.asked).toEqual([]);
    expect(BrowserWindow.open).toHaveLength(1);
  });

  test('is unlocked once the person has been told why', async () => {
    const startApp = vi.fn(startWith(keyWrap));
    const unlock = vi.fn(() => keyWrap);
    await startShell({ startApp, keyStore: { state: 'locked', unlock } });
    await vi.waitFor(() => expect(BrowserWindow.open).toHaveLength(1));
    expect(dialog.asked).toEqual(['Your keyring is locked']);
    expect(unlock).toHaveBeenCalledOnce();
    expect(startApp).toHaveBeenLastCalledWith(expect.objectContaining({ keyWrap }));
  });

  test.each([
    ['the person does not want that', 1, () => keyWrap],
    ['it stays locked', 0, () => null],
  ])('ends the start in words when %s', async (_, answer, unlock) => {
    dialog.answer = answer;
    await startShell({ startApp: startWith(keyWrap), keyStore: { state: 'locked', unlock } });
    await vi.waitFor(() => expect(app.exitCode).toBe(1));
    expect(dialog.errors).toEqual([
      'Your keyring is still locked. Unlock it, then start Lanyard again.',
    ]);
    expect(BrowserWindow.open).toEqual([]);
  });
});

async function theKeyWrap(): Promise<KeyWrap> {
  const store = await findKeyStore(isOpen);
  if (store.state !== 'open') throw new Error('There is no key store.');
  return store.keyWrap;
}

/** An app whose identity is wrapped, which only this unwraps. */
function startWith(needed: KeyWrap) {
  return async (options: { readonly keyWrap?: KeyWrap | null }) => {
    if (options.keyWrap === needed) return createStubApp();
    throw new LanyardError({ code: 'identity-locked', details: { file: 'identity.json' } });
  };
}
