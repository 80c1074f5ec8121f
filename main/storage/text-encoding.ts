/** Text as editors and shells write it: UTF-8 with or without a byte order mark, or UTF-16 with one. */

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** In what a text is written, by its first two bytes. */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** The whole of a text without its byte order mark. Throws a TypeError for what is no text. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}
