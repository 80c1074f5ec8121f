import { expect, test } from 'vitest';
import { nextBlock } from '../../main/storage/next-block.ts';
import type { Span, Text } from '../../main/storage/word-index.ts';

/** What was said from 1 to 10,000, each text so many bytes long. */
function talk(bytesOf: (seq: number) => number): (span: Span) => Text[] {
  return ({ from, to }) =>
    Array.from({ length: to - from }, (_, index) => {
      const seq = to - 1 - index;
      return [seq, 'x'.repeat(bytesOf(seq))] as const;
    });
}

const short = talk(() => 10);
/** 64 of them are all a block takes. */
const kilobytes = talk(() => 1_024);
/** One of them is more than a block should take. */
const endless = talk(() => 100_000);
const acts = () => [];

const span = (from: number, to: number): Span => ({ from, to });

test.each([
  ['a log that is too short', span(1, 512), null, short, null],
  ['a log that is just long enough', span(1, 513), null, short, span(1, 513)],
  ['the newest of a longer one', span(1, 1_001), null, short, span(489, 1_001)],
  ['too little after it', span(1, 1_512), span(1, 1_001), short, null],
  ['enough after it', span(1, 1_513), span(1, 1_001), short, span(1_001, 1_513)],
  [
    'what follows before what precedes',
    span(1, 4_001),
    span(2_001, 3_001),
    short,
    span(3_001, 3_513),
  ],
  ['what precedes', span(1, 3_001), span(2_001, 3_001), short, span(1_489, 2_001)],
  ['too little before it', span(100, 1_124), span(611, 1_123), short, null],
  ['enough before it', span(99, 1_124), span(611, 1_123), short, span(99, 611)],
  ['longer texts of a log', span(1, 1_001), null, kilobytes, span(937, 1_001)],
  ['longer texts after it', span(1, 3_001), span(1_001, 2_001), kilobytes, span(2_001, 2_065)],
  ['longer texts before it', span(1, 2_001), span(1_001, 2_001), kilobytes, span(937, 1_001)],
  ['a very long text before it', span(1, 2_001), span(1_001, 2_001), endless, span(1_000, 1_001)],
  ['a very long text after it', span(1, 3_001), span(1_001, 2_001), endless, span(2_001, 2_002)],
  ['acts alone', span(1, 3_001), span(1_001, 2_001), acts, span(2_001, 2_513)],
])('%s', (_what, log, indexed, read, expected) => {
  expect(nextBlock(log, indexed, read)).toEqual(expected);
});
