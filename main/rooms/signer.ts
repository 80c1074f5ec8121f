import { randomBytes } from 'node:crypto';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import type { Signer } from '../replica/make-event.ts';

/** This device's keys, as events are signed with them. */
export function signerOf(identity: DeviceIdentity): Signer {
  return {
    person: identity.id,
    device: identity.id,
    sign: (text) => identity.sign(text),
    salt: () => randomBytes(16).toString('base64url'),
  };
}
