/** Signatures of members: ECDSA on P-256 with SHA-256, as the 64 bytes of IEEE P1363. */
import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { MemberId } from '../protocol/messages.ts';
import { publicKeyOf } from './member-key.ts';

/** base64url of 64 bytes in its one spelling: the last character carries two bits. */
const SIGNATURE = /^[\w-]{85}[AQgw]$/;

/** Signs bytes, or text as UTF-8; 86 characters of base64url, different every time. */
export function signWith(privateKey: KeyObject, bytes: string | Uint8Array): string {
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return sign('sha256', bytesOf(bytes), key).toString('base64url');
}

/**
 * Whether the member signed exactly this; text is taken as UTF-8. False, never an error, for an
 * id or a signature that is none.
 *
 * Whoever sees a signature (r, s) can make (r, n - s) of it, and both hold, because both come from
 * what the key's owner signed. So a signature proves who said something; it must never be used as
 * the name of what was said, or to recognize what came twice.
 */
export function verifySignature(
  id: MemberId,
  bytes: string | Uint8Array,
  signature: string,
): boolean {
  if (!SIGNATURE.test(signature)) return false;
  const publicKey = publicKeyOf(id);
  if (publicKey === null) return false;
  try {
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', bytesOf(bytes), key, Buffer.from(signature, 'base64url'));
  } catch {
    // Numbers out of range are an error to some TLS libraries and false to others.
    return false;
  }
}

function bytesOf(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
}
