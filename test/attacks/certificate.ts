/** Certificates as nobody needs them, written byte by byte. */
import type { KeyObject } from 'node:crypto';

/** ecdsa-with-SHA256; the signature is none anyway. */
const ALGORITHM = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
/** CN=Lanyard */
const NAME = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), utf8('Lanyard'))));
/** nsComment */
const COMMENT = Buffer.from('06096086480186f842010d', 'hex');

export interface Oddities {
  /** Year of its end, 1950 to 2049. */
  readonly until?: number;
  /** Bytes of comment in it. */
  readonly padding?: number;
}

/** A certificate with this public key, as PEM. */
export function certificateWith(
  publicKey: KeyObject,
  { until = 2049, padding = 0 }: Oddities = {},
) {
  const comment = der(0x30, COMMENT, der(0x04, der(0x16, Buffer.alloc(padding, 'x'))));
  const body = der(
    0x30,
    der(0xa0, Buffer.from('020102', 'hex')),
    Buffer.from('020101', 'hex'),
    ALGORITHM,
    NAME,
    der(0x30, time(1990), time(until)),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(padding === 0 ? [] : [der(0xa3, der(0x30, comment))]),
  );
  const signature = der(0x30, Buffer.from('020101020101', 'hex'));
  const certificate = der(0x30, body, ALGORITHM, der(0x03, Buffer.of(0), signature));
  const base64 = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function utf8(text: string): Buffer {
  return der(0x0c, Buffer.from(text));
}

function time(year: number): Buffer {
  return der(0x17, Buffer.from(`${String(year % 100).padStart(2, '0')}0101000000Z`));
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}
