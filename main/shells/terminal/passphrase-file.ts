/** A passphrase from a file or what is typed: on the command line others could read it. */
import { createReadStream } from 'node:fs';
import { LanyardError } from '../../errors.ts';
import type { Screen } from './screen.ts';

/** More than the longest passphrase in UTF-8, and its line break. */
const BYTES_MAX = 4_096;

/**
 * The first line of a file, or of what is typed when it is `-`. Rejects with
 * passphrase-unreadable.
 */
export async function passphraseFrom(file: string, screen: Screen): Promise<string> {
  if (file === '-') return (await screen.nextSecret('Passphrase: ')) ?? '';
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: BYTES_MAX })) chunks.push(chunk);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new LanyardError(
      'passphrase-unreadable',
      `There is no passphrase to be read from ${file} (${why}). Check --passphrase-file.`,
    );
  }
  const [line = ''] = Buffer.concat(chunks).toString().split(/\r?\n/);
  return line;
}
