/** A member's id is its device's public key: these turn one into the other. */
import { createPublicKey, ECDH, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { MemberId } from '../model/member.ts';

/** What OpenSSL and BoringSSL call P-256. */
const CURVE = 'prime256v1';
/** What comes before an uncompressed point of P-256 in a SubjectPublicKeyInfo (DER, RFC 5480). */
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
/** base64url of 33 bytes, of which the first is 2 or 3; these have one spelling only. */
const ID = /^A[g-z0-9_-][\w-]{42}$/;

/** A certificate of ours has 350 bytes; who sends more does not send one of ours. */
const MAX_CERTIFICATE_BYTES = 4096;

/** Importing a key costs as much as checking a signature with it. */
const MAX_CACHED_KEYS = 1000;
/** Keys by id; the one used longest ago comes first. */
const keys = new Map<MemberId, KeyObject>();

/**
 * The id of a public key, or of the public half of a private one (I1): base64url of the compressed
 * point, 44 characters. Null unless it is a key on P-256.
 */
export function memberIdOfKey(key: KeyObject): MemberId | null {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== CURVE) return null;
  const { x, y } = key.export({ format: 'jwk' });
  if (x === undefined || y === undefined) return null;
  const isOdd = ((Buffer.from(y, 'base64url').at(-1) ?? 0) & 1) === 1;
  const point = Buffer.concat([Buffer.of(isOdd ? 3 : 2), Buffer.from(x, 'base64url')]);
  return point.toString('base64url');
}

/** The key an id stands for; null when it is not the one spelling of a point on P-256. */
export function publicKeyOf(id: MemberId): KeyObject | null {
  const cached = keys.get(id);
  const key = cached ?? importKey(id);
  if (key === null) return null;
  if (cached) keys.delete(id);
  keys.set(id, key);
  for (const oldest of keys.keys()) {
    if (keys.size <= MAX_CACHED_KEYS) break;
    keys.delete(oldest);
  }
  return key;
}

/**
 * The id in a certificate as it came over TLS (DER). Null for anything but one whole certificate
 * of at most 4,096 bytes with a key on P-256; never throws. It says whose key it is, not that the
 * certificate is signed or valid: TLS proves that the other side holds the key.
 */
export function memberIdOfCertificate(der: Uint8Array): MemberId | null {
  if (der.byteLength > MAX_CERTIFICATE_BYTES) return null;
  try {
    const certificate = new X509Certificate(der);
    // It would also read PEM, and DER with anything behind it.
    if (!certificate.raw.equals(der)) return null;
    return memberIdOfKey(certificate.publicKey);
  } catch {
    return null;
  }
}

function importKey(id: MemberId): KeyObject | null {
  if (!ID.test(id)) return null;
  try {
    // Uncompressed, because not every TLS library imports a compressed point.
    const point = ECDH.convertKey(id, CURVE, 'base64url', undefined, 'uncompressed');
    if (typeof point === 'string') return null;
    const spki = Buffer.concat([SPKI_HEAD, point]).toString('base64');
    // As PEM, for Node throws and catches four errors of its own on the way of anything but a string.
    return createPublicKey(`-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----`);
  } catch {
    // No point of the curve has this x.
    return null;
  }
}
