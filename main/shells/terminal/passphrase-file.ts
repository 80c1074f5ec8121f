/** A passphrase from a file or what is typed: on the command line others could read it. */
import { createReadStream } from 'node:fs';
import { LanyardError } from '../../errors.ts';
import { encodingOf } from '../../storage/text-encoding.ts';
import type { Screen } from './screen.ts';

const [LF, CR] = [0x0a, 0x0d];

/** More than the longest passphrase and its line break in any encoding. */
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
    return firstLine(Buffer.concat(chunks));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const why = error instanceof TypeError ? 'it is not UTF-8 text' : code;
    throw new LanyardError({ code: 'passphrase-unreadable', details: { file, why } });
  }
}

/** Throws a TypeError for what is no text; what follows the first line may be anything. */
function firstLine(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  const end = encoding === 'utf-8' ? bytes.findIndex((byte) => byte === LF || byte === CR) : -1;
  // The last character may be cut.
  const text = new TextDecoder(encoding, { fatal: true }).decode(
    end === -1 ? bytes : bytes.subarray(0, end),
    { stream: true },
  );
  const [line = ''] = text.split(/[\r\n]/);
  return line;
}
