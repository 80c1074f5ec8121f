/** Devices' keys for tests: the same name is the same person for as long as the process lasts. */
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createIdentity, identityFrom } from '../../main/identity/device-identity.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';

/** An uncompressed point on P-256, as it stands in a certificate. */
const POINT_BYTES = 65;

const people = new Map<string, DeviceIdentity>();
const template = new X509Certificate((await createIdentity()).certificate);

/** The identity of the person with this name. */
export function identityOf(name: string): DeviceIdentity {
  const identity = people.get(name) ?? freshIdentity();
  people.set(name, identity);
  return identity;
}

/**
 * Somebody new, in a fraction of a millisecond: another key in a certificate made before. Its
 * signature does not fit any more, which nobody looks at: only the key counts (I2).
 */
export function freshIdentity(): DeviceIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = Buffer.from(template.raw);
  pointOf(publicKey.export({ type: 'spki', format: 'der' })).copy(
    der,
    der.indexOf(pointOf(template.publicKey.export({ type: 'spki', format: 'der' }))),
  );
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const identity = identityFrom(new X509Certificate(der).toString(), key);
  if (identity === null) throw new Error('the key does not fit its certificate');
  return identity;
}

function pointOf(spki: Buffer): Buffer {
  return spki.subarray(-POINT_BYTES);
}
