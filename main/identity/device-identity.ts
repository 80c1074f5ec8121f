/** Who this device is to others: a key pair and the certificate that carries it in TLS. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { MemberId } from '../model/member.ts';
import { memberIdOfCertificate, memberIdOfKey } from './member-key.ts';
import { signWith } from './signatures.ts';

export interface DeviceIdentity {
  readonly id: MemberId;
  /** PEM; self-signed, with the id's key in it. */
  readonly certificate: string;
  /** PEM, PKCS#8. Never to be logged or sent. */
  readonly privateKey: string;
  /** Signs bytes, or text as UTF-8: base64url of the 64 bytes of an ECDSA-SHA256 signature. */
  sign(bytes: string | Uint8Array): string;
}

const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;
/** Clocks of other devices may be behind. */
const YEARS_BEFORE = 1;
const YEARS_AFTER = 100;

/** A new key pair and its certificate; takes some 200 ms. There is nothing personal in it. */
export async function createIdentity(): Promise<DeviceIdentity> {
  // Only a device's first start needs it.
  const { generate } = await import('selfsigned');
  const now = Date.now();
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Lanyard' }], {
    keyType: 'ec',
    curve: 'P-256',
    // It would be SHA-1.
    algorithm: 'sha256',
    notBeforeDate: new Date(now - YEARS_BEFORE * YEAR_MS),
    notAfterDate: new Date(now + YEARS_AFTER * YEAR_MS),
    // A device is a server when it hosts and a client when it joins.
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ],
  });
  const identity = identityFrom(cert, key);
  if (identity === null) throw new Error('a certificate was made that does not fit its key');
  return identity;
}

/** The identity of a certificate and its private key, both PEM; null unless they are a pair on P-256. */
export function identityFrom(certificate: string, privateKey: string): DeviceIdentity | null {
  try {
    const parsed = new X509Certificate(certificate);
    const key = createPrivateKey(privateKey);
    const id = memberIdOfCertificate(parsed.raw);
    return id !== null && id === memberIdOfKey(key) ? new KeyPair(id, parsed, key) : null;
  } catch {
    // One of them is no PEM at all.
    return null;
  }
}

/** Keeps the key out of its own properties, so that printing an identity does not print it. */
class KeyPair implements DeviceIdentity {
  readonly id: MemberId;
  readonly certificate: string;
  readonly #key: KeyObject;

  constructor(id: MemberId, certificate: X509Certificate, key: KeyObject) {
    this.id = id;
    this.certificate = certificate.toString();
    this.#key = key;
  }

  get privateKey(): string {
    return this.#key.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  sign(bytes: string | Uint8Array): string {
    return signWith(this.#key, bytes);
  }
}
