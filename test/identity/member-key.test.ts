import {
  createECDH,
  createPublicKey,
  createSecretKey,
  ECDH,
  generateKeyPairSync,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentity } from '../../main/identity/device-identity.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import {
  memberIdOfCertificate,
  memberIdOfKey,
  publicKeyOf,
} from '../../main/identity/member-key.ts';

/** The prime of P-256's field. */
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;

let identity: DeviceIdentity;
let der: Buffer;
beforeAll(async () => {
  identity = await createIdentity();
  der = derOf(identity.certificate);
});

describe('ids and keys', () => {
  test('an id is the compressed point, also where a coordinate begins with zeros', () => {
    const ecdh = createECDH('prime256v1');
    let [zeroX, zeroY] = [0, 0];
    for (let number = 1; number <= 600; number += 1) {
      ecdh.setPrivateKey(number.toString(16).padStart(64, '0'), 'hex');
      const point = ecdh.getPublicKey();
      const key = keyOfPoint(point);
      const id = ecdh.getPublicKey('base64url', 'compressed');
      expect(memberIdOfKey(key)).toBe(id);
      expect(publicKeyOf(id)?.equals(key)).toBe(true);
      if (point[1] === 0) zeroX += 1;
      if (point[33] === 0) zeroY += 1;
    }
    expect([zeroX, zeroY]).not.toContain(0);
  });

  test('a private key has the id of its public half', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(memberIdOfKey(privateKey)).toBe(memberIdOfKey(publicKey));
    expect(memberIdOfKey(privateKey)).toHaveLength(44);
  });

  test('keys of other kinds have no id', () => {
    const others: KeyObject[] = [
      generateKeyPairSync('ed25519').publicKey,
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey,
      ...['P-384', 'P-521', 'secp256k1'].map(
        (namedCurve) => generateKeyPairSync('ec', { namedCurve }).publicKey,
      ),
      createSecretKey(Buffer.alloc(32)),
    ];
    for (const key of others) expect(memberIdOfKey(key)).toBeNull();
  });

  test('an id has one spelling', () => {
    const point = Buffer.from(identity.id, 'base64url');
    const whole = ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'uncompressed');
    const spellings = [
      point.toString('base64').replace(/^A/, '+'),
      `${identity.id}=`,
      `${identity.id}\n`,
      ` ${identity.id}`,
      point.toString('hex'),
      Buffer.from(whole).toString('base64url'),
      // The hybrid form's first byte, and that of a whole point.
      ...[4, 6, 7].map((first) =>
        Buffer.concat([Buffer.of(first), point.subarray(1)]).toString('base64url'),
      ),
      // The point at infinity.
      'AA',
      '',
    ];
    for (const id of spellings) expect(publicKeyOf(id), id).toBeNull();
    expect(publicKeyOf(identity.id)).not.toBeNull();
  });

  test('a number above the prime is no coordinate, though it means one', () => {
    const small = [1n, 2n, 3n, 4n, 5n, 6n].find((x) => publicKeyOf(idOfX(x)));
    expect(small).toBeDefined();
    expect(publicKeyOf(idOfX((small ?? 0n) + P))).toBeNull();
    expect([1n, 2n, 3n, 4n, 5n, 6n].some((x) => !publicKeyOf(idOfX(x)))).toBe(true);
  });

  test('whatever is said to be an id gives a key of that id or none', () => {
    const nearly = fc
      .tuple(fc.constantFrom(2, 3), fc.uint8Array({ minLength: 32, maxLength: 32 }))
      .map(([first, x]) => Buffer.from([first, ...x]).toString('base64url'));
    let keys = 0;
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (id) => {
        const key = publicKeyOf(id);
        if (key === null) return;
        keys += 1;
        expect(memberIdOfKey(key)).toBe(id);
      }),
    );
    expect(keys).toBeGreaterThan(0);
  });

  test('keys used lately are kept, and no more than a thousand', () => {
    const [often, once] = [publicKeyOf(idOfNumber(10_000)), publicKeyOf(idOfNumber(10_001))];
    for (let number = 10_002; number <= 11_002; number += 1) {
      expect(publicKeyOf(idOfNumber(number))).not.toBeNull();
      if (number === 10_500) expect(publicKeyOf(idOfNumber(10_000))).toBe(often);
    }
    expect(publicKeyOf(idOfNumber(10_000))).toBe(often);
    expect(publicKeyOf(idOfNumber(10_001))).not.toBe(once);
  });
});

describe('certificates', () => {
  test('a certificate has the id of its key', () => {
    expect(memberIdOfCertificate(der)).toBe(identity.id);
    expect(memberIdOfCertificate(new Uint8Array(der))).toBe(identity.id);
  });

  test('one with anything around it, or as PEM, is none', () => {
    expect(memberIdOfCertificate(Buffer.concat([der, Buffer.of(0)]))).toBeNull();
    expect(memberIdOfCertificate(Buffer.concat([der, der]))).toBeNull();
    expect(memberIdOfCertificate(der.subarray(0, -1))).toBeNull();
    expect(memberIdOfCertificate(Buffer.from(identity.certificate))).toBeNull();
    expect(memberIdOfCertificate(new Uint8Array())).toBeNull();
  });

  test('one of 16 KB is none, one below the bound is one', async () => {
    const large = derOf(await certificate({ keyType: 'ec', extensions: names(16_000) }));
    expect(large.length).toBeGreaterThan(16_000);
    expect(memberIdOfCertificate(large)).toBeNull();
    const larger = derOf(await certificate({ keyType: 'ec', extensions: names(3500) }));
    expect(memberIdOfCertificate(larger)).toHaveLength(44);
  });

  test('those of other keys are none', async () => {
    expect(memberIdOfCertificate(derOf(await certificate({ keyType: 'rsa' })))).toBeNull();
    const other = await certificate({ keyType: 'ec', curve: 'P-384' });
    expect(memberIdOfCertificate(derOf(other))).toBeNull();
  });

  test('whatever comes as a certificate, it is one or not', () => {
    const altered = fc
      .array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const bytes = Buffer.from(der);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), altered), (bytes) => {
        const id = memberIdOfCertificate(bytes);
        expect(id === null || publicKeyOf(id) !== null).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
}

function keyOfPoint(point: Buffer): KeyObject {
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)];
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
}

function idOfX(x: bigint): string {
  return Buffer.from(`02${x.toString(16).padStart(64, '0')}`, 'hex').toString('base64url');
}

/** The id of the private key that is this number. */
function idOfNumber(number: number): string {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(number.toString(16).padStart(64, '0'), 'hex');
  return ecdh.getPublicKey('base64url', 'compressed');
}

type Options = NonNullable<Parameters<typeof generate>[1]>;

async function certificate(options: Options): Promise<string> {
  const name = [{ name: 'commonName', value: 'Mallory' }];
  return (await generate(name, { algorithm: 'sha256', ...options })).cert;
}

/** An extension with this many bytes of names in it. */
function names(bytes: number): NonNullable<Options['extensions']> {
  const altNames = Array.from({ length: bytes / 100 }, () => ({
    type: 2 as const,
    value: 'n'.repeat(98),
  }));
  return [{ name: 'subjectAltName', altNames }];
}
