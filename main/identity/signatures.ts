/** Signatures of members: ECDSA on P-256 with SHA-256, as the 64 bytes of IEEE P1363. */
import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { MemberId } from '../model/member.ts';
import { publicKeyOf } from './member-key.ts';

/** base64url of 64 bytes in its one spelling: the last character carries two bits. */
const SIGNATURE = /^[\w-]{85}[AQgw]$/;

/** Bytes of each of the two numbers of a signature. */
const NUMBER_BYTES = 32;

/** Tags of DER. */
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Signs bytes, or text as UTF-8; 86 characters of base64url, different every time. */
export function signWith(privateKey: KeyObject, bytes: string | Uint8Array): string {
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return sign('sha256', bytesOf(bytes), key).toString('base64url');
}

/**
 * Whether the member signed exactly this; text is taken as UTF-8. False, never an error, for an
 * id or a signature that is none.
 *
 * Anybody who sees a signature (r, s) can make (r, n - s) of it, and both hold, because both come from
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
    const der = derOf(Buffer.from(signature, 'base64url'));
    return verify('sha256', bytesOf(bytes), publicKey, der);
  } catch {
    // Numbers out of range are an error to some TLS libraries and false to others.
    return false;
  }
}

/**
 * What OpenSSL reads. Node would make it of the 64 bytes, but being asked to costs it half as much
 * as the check itself.
 */
function derOf(signature: Buffer): Buffer {
  const r = derInteger(signature.subarray(0, NUMBER_BYTES));
  const s = derInteger(signature.subarray(NUMBER_BYTES));
  return Buffer.concat([Buffer.of(SEQUENCE, r.length + s.length), r, s]);
}

/** Without zeros that say nothing, and with one where the first bit would be taken for a minus. */
function derInteger(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte > 0);
  const digits = number.subarray(first === -1 ? NUMBER_BYTES - 1 : first);
  const plus = (digits[0] ?? 0) < 0x80 ? [] : [0];
  return Buffer.concat([Buffer.of(INTEGER, plus.length + digits.length, ...plus), digits]);
}

function bytesOf(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
}
