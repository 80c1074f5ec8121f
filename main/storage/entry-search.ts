import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { nextBlock } from './next-block.ts';
import { matchesWords, partsOf } from './search-words.ts';
import { transaction } from './transaction.ts';
import { WordIndex } from './word-index.ts';
import type { Span, Text } from './word-index.ts';

const NOTHING: Span = { from: 0, to: 0 };

/**
 * Searches a room's log. Entries are indexed some time after they were written (`indexing.ts`),
 * in blocks, so that nobody waits for it; what is not indexed yet is read.
 */
export class EntrySearch {
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #index: WordIndex;
  readonly #texts: StatementSync;
  readonly #older: StatementSync;
  readonly #ends: StatementSync;

  /** `room` is the row of the room in the table of rooms. */
  constructor(sqlite: DatabaseSync, room: number) {
    this.#sqlite = sqlite;
    this.#room = room;
    this.#index = new WordIndex(sqlite, room);
    this.#texts = sqlite.prepare(
      `SELECT seq, text FROM entries
       WHERE room = ? AND seq >= ? AND seq < ? AND act IS NULL ORDER BY seq DESC`,
    );
    this.#older = sqlite.prepare(
      'SELECT max(seq) AS seq FROM entries WHERE room = ? AND seq >= ? AND seq < ? AND at < ?',
    );
    this.#ends = sqlite.prepare(
      `SELECT (SELECT min(seq) FROM entries WHERE room = ?1) AS first,
              (SELECT max(seq) FROM entries WHERE room = ?1) AS last`,
    );
  }

  /** The seqs below `below` of what was said with words that match, newest first. */
  find(query: string, below: number, limit: number): readonly number[] {
    const matches = matchesWords(query);
    const found: number[] = [];
    if (partsOf(query).length === 0) return found;
    for (const [seq, text] of this.#mayMatch(query, below)) {
      if (matches(text) && found.push(seq) >= limit) break;
    }
    return found;
  }

  *#mayMatch(query: string, below: number): Generator<Text> {
    const span = this.#index.span() ?? NOTHING;
    yield* this.#read({ from: span.to, to: below });
    for (const seq of this.#index.seqs(query, Math.min(below, span.to))) {
      yield* this.#read({ from: seq, to: seq + 1 });
    }
    yield* this.#read({ from: 0, to: Math.min(below, span.from) });
  }

  /** What was said in a span, newest first; what is struck has no text any more. */
  *#read({ from, to }: Span): Generator<Text> {
    for (const { seq, text } of this.#texts.iterate(this.#room, from, to)) {
      yield [Number(seq), String(text)];
    }
  }

  /** The seq of the last entry older than `at`, ms since 1970; null when there is none. */
  lastBefore(at: number): number | null {
    const span = this.#index.span() ?? NOTHING;
    const block = this.#index.blockWithOlder(at) ?? NOTHING;
    const spans = [{ from: span.to, to: Infinity }, block, { from: 0, to: span.from }];
    for (const { from, to } of spans) {
      const seq = this.#older.get(this.#room, from, to, at)?.['seq'];
      if (typeof seq === 'number') return seq;
    }
    return null;
  }

  /** Indexes one block of entries; false when too few wait. Throws storage-*. */
  indexBlock(): boolean {
    let block: Span | null = null;
    transaction(this.#sqlite, () => {
      const ends = this.#ends.get(this.#room);
      if (typeof ends?.['first'] !== 'number') return;
      const log = { from: ends['first'], to: Number(ends['last']) + 1 };
      block = nextBlock(log, this.#index.span(), (span) => this.#read(span));
      if (block) this.#index.add(block, [...this.#read(block)]);
    });
    return block !== null;
  }

  /** These were struck: their words are found nowhere, also not in the file. */
  struck(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const block = this.#index.blockWith(seq);
      if (!block) continue;
      this.#index.remove(block);
      this.#index.add(block, [...this.#read(block)]);
    }
  }

  /** The entries before `seq` are forgotten. */
  forgetBefore(seq: number): void {
    this.#index.remove({ from: 0, to: seq });
  }
}
