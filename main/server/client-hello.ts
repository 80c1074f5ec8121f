/** Which TLS server a connection is for, by the first message of TLS, the ClientHello (RFC 8446, 4.1.2). */
import { ALPN } from '../protocol/limits.ts';

/** How much is read for a whole ClientHello, in bytes; today's browsers need some 2,000 (F9). */
export const CLIENT_HELLO_MAX_BYTES = 16 * 1024;

/** Members are asked for a certificate, others are not (I2). */
export type Destination = 'members' | 'others' | 'no TLS';

const HANDSHAKE_RECORD = 0x16;
const RECORD_HEAD_BYTES = 5;
const CLIENT_HELLO = 1;
/** The type of a message and the length of its body. */
const MESSAGE_HEAD_BYTES = 4;
const VERSION_AND_RANDOM_BYTES = 34;
const ALPN_EXTENSION = 16;

/**
 * Where a connection goes that begins with these bytes, or how many more of them a whole ClientHello takes
 * at the least; once told, further ones change nothing. What is no ClientHello of at most
 * CLIENT_HELLO_MAX_BYTES, records included, goes to the others, where TLS judges it. Never throws.
 */
export function destinationOf(bytes: Buffer): Destination | number {
  if (bytes.length === 0) return 1;
  if (bytes[0] !== HANDSHAKE_RECORD) return 'no TLS';
  const { message, isIntact } = handshakeIn(bytes.subarray(0, CLIENT_HELLO_MAX_BYTES));
  let end = MESSAGE_HEAD_BYTES;
  if (message.length >= end) {
    end += message.readUIntBE(1, 3);
    if (message[0] !== CLIENT_HELLO || end > CLIENT_HELLO_MAX_BYTES) return 'others';
    if (message.length >= end) {
      return offersOurs(message.subarray(MESSAGE_HEAD_BYTES, end)) ? 'members' : 'others';
    }
  }
  const missing = Math.min(end - message.length, CLIENT_HELLO_MAX_BYTES - bytes.length);
  return isIntact && missing > 0 ? missing : 'others';
}

/** What the records hold as far as they are of a handshake and not empty, and whether all of them are. */
function handshakeIn(bytes: Buffer): { readonly message: Buffer; readonly isIntact: boolean } {
  const fragments: Buffer[] = [];
  let at = 0;
  while (bytes[at] === HANDSHAKE_RECORD) {
    const start = at + RECORD_HEAD_BYTES;
    const length = start <= bytes.length ? bytes.readUInt16BE(start - 2) : null;
    if (length === 0) break;
    at = start + (length ?? 0);
    fragments.push(bytes.subarray(start, at));
  }
  return { message: Buffer.concat(fragments), isIntact: at >= bytes.length };
}

function offersOurs(clientHello: Buffer): boolean {
  const fields = new Reader(clientHello);
  fields.take(VERSION_AND_RANDOM_BYTES);
  // The session's id, the ciphers, the compressions.
  for (const lengthBytes of [1, 2, 1]) fields.vector(lengthBytes);
  const extensions = new Reader(fields.vector(2));
  while (!extensions.isAtEnd) {
    const type = extensions.number(2);
    const names = new Reader(extensions.vector(2));
    if (type !== ALPN_EXTENSION) continue;
    names.take(2);
    while (!names.isAtEnd) if (names.vector(1).toString('latin1') === ALPN) return true;
  }
  return false;
}

/** Reads bytes in turn; what would lie past their end is missing from what it gives. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  number(length: number): number {
    let number = 0;
    for (const byte of this.take(length)) number = number * 256 + byte;
    return number;
  }

  /** What follows its own length, which takes so many bytes. */
  vector(lengthBytes: number): Buffer {
    return this.take(this.number(lengthBytes));
  }
}
