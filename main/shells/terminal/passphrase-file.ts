/** A passphrase from a file or a pipe: on the command line others on the computer could read it. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { LanyardError } from '../../errors.ts';

/** More than the longest passphrase in UTF-8, and its line break. */
const BYTES_MAX = 4_096;

/**
 * The first line of a file, or of the standard input when it is `-`, of which no more is read than
 * it takes. Rejects with passphrase-unreadable.
 */
export async function passphraseIn(file: string): Promise<string> {
  try {
    return await firstLine(file === '-' ? process.stdin : createReadStream(file));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new LanyardError(
      'passphrase-unreadable',
      `There is no passphrase to be read from ${file}${why}. Check --passphrase-file.`,
    );
  }
}

async function firstLine(stream: Readable): Promise<string> {
  let read = Buffer.alloc(0);
  for await (const chunk of stream) {
    read = Buffer.concat([read, Buffer.from(chunk)]);
    if (read.includes('\n') || read.length > BYTES_MAX) break;
  }
  const [line = ''] = read.toString().split(/\r?\n/);
  return line;
}
