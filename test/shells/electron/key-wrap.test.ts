import { beforeEach, expect, test, vi } from 'vitest';
import { systemKeyWrap } from '../../../main/shells/electron/key-wrap.ts';
import type { KeyWrap } from '../../../main/identity/key-wrap.ts';
import { resetElectron, safeStorage } from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

test('what is wrapped can be unwrapped, and is not to be read', () => {
  const keyWrap = theKeyWrap();
  const wrapped = keyWrap.wrap('A secret — 密');
  expect(Buffer.from(wrapped).toString()).not.toContain('A secret');
  expect(keyWrap.unwrap(wrapped)).toBe('A secret — 密');
});

test('what comes back from a file as plain bytes is unwrapped too', () => {
  const keyWrap = theKeyWrap();
  // A view in the middle of something larger, as it comes out of Base64.
  const wrapped = keyWrap.wrap('secret');
  const larger = new Uint8Array(wrapped.length + 8);
  larger.set(wrapped, 4);
  expect(keyWrap.unwrap(larger.subarray(4, 4 + wrapped.length))).toBe('secret');
});

test('what was not wrapped here is refused', () => {
  expect(() => theKeyWrap().unwrap(new TextEncoder().encode('secret'))).toThrow('decrypting');
});

test('a system that encrypts nothing has no place for secrets', () => {
  safeStorage.available = false;
  expect(systemKeyWrap()).toBeNull();
});

test.runIf(process.platform === 'linux')(
  'a password that everybody knows is no place for secrets',
  () => {
    safeStorage.backend = 'basic_text';
    expect(systemKeyWrap()).toBeNull();
  },
);

function theKeyWrap(): KeyWrap {
  const keyWrap = systemKeyWrap();
  if (keyWrap === null) throw new Error('There is no place for secrets.');
  return keyWrap;
}
