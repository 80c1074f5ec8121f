/** An identity as text for a file, and back. */
import * as v from 'valibot';
import { identityFrom } from './device-identity.ts';
import type { DeviceIdentity } from './device-identity.ts';
import type { KeyWrap } from './key-wrap.ts';

/** Far above what either takes. */
const MAX_TEXT = 16_384;
const boundedText = v.pipe(v.string(), v.maxLength(MAX_TEXT));

const schema = v.union([
  v.object({ certificate: boundedText, privateKey: boundedText }),
  v.object({ certificate: boundedText, wrappedKey: v.pipe(boundedText, v.base64()) }),
]);

export type KeptIdentity =
  | { readonly state: 'plain'; readonly identity: DeviceIdentity }
  | { readonly state: 'wrapped'; readonly identity: DeviceIdentity }
  /** It is wrapped, and there is nothing to unwrap it with. */
  | { readonly state: 'locked' }
  /** It is no identity, or not one that can be unwrapped here. */
  | { readonly state: 'damaged' };

/** What such a file holds; never throws. */
export function parseIdentity(text: string, keyWrap: KeyWrap | null): KeptIdentity {
  let kept;
  try {
    kept = v.parse(schema, JSON.parse(text));
  } catch {
    return { state: 'damaged' };
  }
  if ('privateKey' in kept) return found('plain', identityFrom(kept.certificate, kept.privateKey));
  if (keyWrap === null) return { state: 'locked' };
  let privateKey;
  try {
    privateKey = keyWrap.unwrap(Buffer.from(kept.wrappedKey, 'base64'));
  } catch {
    return { state: 'damaged' };
  }
  return found('wrapped', identityFrom(kept.certificate, privateKey));
}

/** The file's text; the key in it is wrapped when there is something to wrap it with. Throws what `wrap` throws. */
export function formatIdentity(identity: DeviceIdentity, keyWrap: KeyWrap | null): string {
  const { certificate, privateKey } = identity;
  const kept =
    keyWrap === null
      ? { certificate, privateKey }
      : { certificate, wrappedKey: Buffer.from(keyWrap.wrap(privateKey)).toString('base64') };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

function found(state: 'plain' | 'wrapped', identity: DeviceIdentity | null): KeptIdentity {
  return identity === null ? { state: 'damaged' } : { state, identity };
}
