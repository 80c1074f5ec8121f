/** The first message of Node's own TLS, and other ways to cut it into records. */
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';

const RECORD_HEAD_BYTES = 5;

/** What a client with these options says first. */
export async function clientHello(options: ConnectionOptions = {}): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const wire = new Duplex({ read: () => undefined, write: (bytes: Buffer) => resolve(bytes) });
  const tls = connect({ socket: wire, ...options });
  tls.on('error', () => undefined);
  const bytes = await promise;
  tls.destroy();
  return bytes;
}

/** The message of a handshake in records of so many bytes each, their heads not counted. */
export function inRecords(message: Buffer, bytes: number): Buffer {
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += bytes) {
    const fragment = message.subarray(at, at + bytes);
    records.push(Buffer.from([22, 3, 1, fragment.length >> 8, fragment.length & 0xff]), fragment);
  }
  return Buffer.concat(records);
}

/** The message in these bytes, which are one record. */
export function messageOf(record: Buffer): Buffer {
  return record.subarray(RECORD_HEAD_BYTES);
}
