import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { memberIdOfKey } from '../../main/identity/member-key.ts';
import { signWith, verifySignature } from '../../main/identity/signatures.ts';

/** The order of P-256. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const ann = person();
const bob = person();

test('what somebody signed holds for them, as text and as the same bytes', () => {
  const signature = ann.sign('grüße 你好');
  expect(signature).toMatch(/^[\w-]{86}$/);
  expect(verifySignature(ann.id, 'grüße 你好', signature)).toBe(true);
  expect(verifySignature(ann.id, Buffer.from('grüße 你好'), signature)).toBe(true);
  expect(verifySignature(ann.id, '', ann.sign(new Uint8Array()))).toBe(true);
});

test('it does not hold for another key', () => {
  expect(verifySignature(bob.id, 'hello', ann.sign('hello'))).toBe(false);
});

test('it holds also where its numbers begin with zeros', () => {
  const seen = new Set<string>();
  while (!['r', 's'].every((which) => seen.has(which))) {
    const signature = ann.sign('hello');
    const { r, s } = numbersOf(signature);
    if (r < 1n << 248n) seen.add('r');
    if (s < 1n << 248n) seen.add('s');
    expect(verifySignature(ann.id, 'hello', signature), signature).toBe(true);
  }
});

test('one changed bit of the text or of the signature and it does not hold', () => {
  const text = Buffer.from('Meet me at noon.');
  const signature = ann.sign(text);
  for (const changed of everyChangedBit(text)) {
    expect(verifySignature(ann.id, changed, signature)).toBe(false);
  }
  for (const changed of everyChangedBit(Buffer.from(signature, 'base64url'))) {
    expect(verifySignature(ann.id, text, changed.toString('base64url'))).toBe(false);
  }
});

test('a signature has one length and one spelling', () => {
  const signature = ann.sign('hello');
  const bytes = Buffer.from(signature, 'base64url');
  const spellings = [
    `${signature}=`,
    `${signature}==`,
    `${signature}\n`,
    `${signature}A`,
    signature.slice(0, -1),
    // The same 64 bytes to a decoder that does not look at the last bits.
    signature.slice(0, -1) + String.fromCodePoint((signature.codePointAt(85) ?? 0) + 1),
    `${signature.slice(0, 40)} ${signature.slice(40)}`,
    bytes.toString('hex'),
    Buffer.concat([bytes, Buffer.of(0)]).toString('base64url'),
    bytes.subarray(1).toString('base64url'),
    '',
  ];
  for (const spelling of spellings) {
    expect(verifySignature(ann.id, 'hello', spelling), spelling).toBe(false);
  }
});

test('numbers out of range hold for nothing', () => {
  const { r, s } = numbersOf(ann.sign('hello'));
  for (const [one, other] of [
    [0n, 0n],
    [0n, s],
    [r, 0n],
    [N, s],
    [r, N],
    [N, N],
    [1n, 1n],
  ] as const) {
    expect(verifySignature(ann.id, 'hello', signatureOf(one, other))).toBe(false);
  }
});

test('the mirrored signature holds too: it is of the same text by the same key', () => {
  // Refusing it would win nothing: signatures are never compared, nor used as a name.
  const { r, s } = numbersOf(ann.sign('hello'));
  expect(verifySignature(ann.id, 'hello', signatureOf(r, N - s))).toBe(true);
  expect(verifySignature(ann.id, 'hullo', signatureOf(r, N - s))).toBe(false);
});

test('whatever comes as id, text and signature, the answer is no', () => {
  const signatures = fc.oneof(
    fc.string(),
    fc
      .uint8Array({ minLength: 64, maxLength: 64 })
      .map((bytes) => Buffer.from(bytes).toString('base64url')),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constant(ann.id)),
      fc.oneof(fc.string(), fc.uint8Array()),
      signatures,
      (id, bytes, signature) => {
        expect(verifySignature(id, bytes, signature)).toBe(false);
      },
    ),
  );
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(verifySignature(id, 'hello', ann.sign('hello'))).toBe(false);
    }),
  );
});

test('any bytes can be signed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uint8Array()), (bytes) => {
      expect(verifySignature(ann.id, bytes, ann.sign(bytes))).toBe(true);
    }),
  );
});

function person() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    id: memberIdOfKey(privateKey) ?? '',
    sign: (bytes: string | Uint8Array) => signWith(privateKey, bytes),
  };
}

function everyChangedBit(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return changed;
  });
}

function numbersOf(signature: string): { readonly r: bigint; readonly s: bigint } {
  const hex = Buffer.from(signature, 'base64url').toString('hex');
  return { r: BigInt(`0x${hex.slice(0, 64)}`), s: BigInt(`0x${hex.slice(64)}`) };
}

function signatureOf(r: bigint, s: bigint): string {
  const hex = [r, s].map((number) => number.toString(16).padStart(64, '0')).join('');
  return Buffer.from(hex, 'hex').toString('base64url');
}
