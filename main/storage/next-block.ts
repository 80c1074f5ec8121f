import type { Span, Text } from './word-index.ts';

/**
 * How many entries a block of the index has at most, and how many bytes of text: larger ones would
 * take the hub's thread longer at once than people should wait for each other, smaller ones are
 * more to look into.
 */
const ENTRIES = 512;
const BYTES = 64 * 1024;

/**
 * What to index next of a log: what follows the indexed span, or else what precedes it. Null while
 * both are less than a block. `read` gives what was said in a span, newest first.
 */
export function nextBlock(
  log: Span,
  indexed: Span | null,
  read: (span: Span) => Iterable<Text>,
): Span | null {
  const { from, to } = indexed ?? { from: log.to, to: log.to };
  if (to + ENTRIES <= log.to) {
    const span = { from: to, to: to + ENTRIES };
    return { ...span, to: tooMuch([...read(span)].toReversed()) ?? span.to };
  }
  if (from - ENTRIES < log.from) return null;
  const span = { from: from - ENTRIES, to: from };
  return { ...span, from: (tooMuch(read(span)) ?? span.from - 1) + 1 };
}

/** The seq of the first text that is too much; null when they are a block together. */
function tooMuch(texts: Iterable<Text>): number | null {
  let bytes = 0;
  for (const [seq, text] of texts) {
    const more = Buffer.byteLength(text);
    if (bytes > 0 && bytes + more > BYTES) return seq;
    bytes += more;
  }
  return null;
}
